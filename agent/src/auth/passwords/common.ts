/**
 * What people choose most, of ten characters or more, and the stems that they lengthen. A short list on purpose: it
 * stops what is tried first; the throttle stops the rest.
 */
const commonest = `1234567890 12345678910 0123456789 1234567891 0987654321 9876543210 1111111111 0000000000 1212121212
123123123123 1122334455 1234512345 12345678901 123456789a 123456789q a123456789 q123456789 1q2w3e4r5t 1q2w3e4r5t6y
1qaz2wsx3edc qwertyuiop qwertyuiop123 qwerty123456 qwerty12345 asdfghjkl1 asdfghjkl123 zxcvbnm123 qazwsxedcr
qwertzuiop qwertzuiopü azertyuiop password12 password123 password1234 password12345 password123456 passwordpassword
passw0rd123 p@ssw0rd123 p@ssword123 mypassword administrator administrator1 adminadmin admin12345 admin123456
welcome123 welcome1234 letmein123 letmeinnow iloveyou12 iloveyou123 iloveyou1234 sunshine123 princess123 football123
baseball123 superman123 batman12345 starwars123 pokemon123 michael123 jennifer123 liverpool1 manchester barcelona1
changeme123 changemenow secret1234 trustno1234 abcdefghij abcdefghijk abc1234567 abcd123456 abcdef1234 a1b2c3d4e5
aa12345678 aaaaaaaaaa zzzzzzzzzz qqqqqqqqqq 1234554321 1357924680 2468013579 3141592653 9999999999 8888888888
7777777777 6666666666 5555555555 4444444444 3333333333 2222222222 impetus123 impetus1234 impetusimpetus macbookpro
homeserver localhost1 localhost123 correcthorsebatterystaple passwort123 passwort1234 hallo12345 schatz1234
geheim1234 motdepasse motdepasse1 contraseña contrasena1 bienvenue1 bonjour123 soleil1234 chouchou12`;

const common: ReadonlySet<string> = new Set(commonest.split(/\s+/u));

/** Whether it is one of the first that anybody would try. */
export function isCommon(password: string): boolean {
  return common.has(password.toLowerCase());
}

/** How hard a password is to guess, in a word and what would help. */
export interface PasswordStrength {
  readonly level: 'none' | 'weak' | 'fair' | 'strong';
  readonly words: string;
}

/** What people choose first, and so what is tried first. */
const usual = [
  'password',
  'passwort',
  'qwerty',
  'qwertz',
  'letmein',
  'iloveyou',
  'welcome',
  'admin',
  'impetus',
  'abc123',
  'monkey',
  'dragon',
  'football',
];
const runs = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
];

/**
 * Counts characters that surprise: one that repeats or continues a run, or belongs to a usual word or to the
 * name, adds next to nothing. Length matters more than kinds of characters.
 */
export function passwordStrength(password: string, name: string, minLength: number): PasswordStrength {
  if (password === '')
    return {
      level: 'none',
      words: `At least ${minLength} characters. A few words in a row are easy to keep in mind.`,
    };
  const left = minLength - [...password].length;
  if (left > 0)
    return { level: 'weak', words: `Too short: ${left} more ${left === 1 ? 'character' : 'characters'}.` };
  const surprising = surprise(password, name);
  if (surprising < 10)
    return {
      level: 'weak',
      words: 'Weak: it is easy to guess. Add a word or two that do not belong together.',
    };
  if (surprising < 14) return { level: 'fair', words: 'Fair. One more word would make it strong.' };
  return { level: 'strong', words: 'Strong.' };
}

function surprise(password: string, name: string): number {
  const known = [
    ...usual,
    ...name
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word.length > 2),
  ];
  const rest = known.reduce((text, word) => text.replaceAll(word, '\u0000'), password.toLowerCase());
  const characters = [...rest];
  const distinct = new Set(characters).size;
  const counted = characters.filter(
    (character, at) => !continues(characters.slice(Math.max(0, at - 2), at).join(''), character),
  ).length;
  const kinds = [/[a-z]/u, /[A-Z]/u, /\d/u, /[^A-Za-z\d]/u].filter((kind) => kind.test(password)).length;
  // Four letters typed over and over are still four letters.
  return Math.min(counted, distinct * 2) + Math.max(0, kinds - 1);
}

/** Whether the last of three characters was to be expected: ordinary words hold pairs of neighbouring keys. */
function continues(before: string, character: string): boolean {
  const three = before + character;
  const backwards = [...three].toReversed().join('');
  return (
    before.endsWith(character) ||
    (three.length === 3 && runs.some((run) => run.includes(three) || run.includes(backwards)))
  );
}

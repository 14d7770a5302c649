/**
 * The formats of JSON Schema 2020-12 (section 7.3 of its validation part) as regular expressions. Each admits only what
 * its specification does; some of them admit less, such as addresses in their usual forms.
 */

const month31 = '(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])';
const month30 = '(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)';
const february = '02-(?:0[1-9]|1\\d|2[0-8])';
const leapYear = '(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)';
const date = `(?:\\d{4}-(?:${month31}|${month30}|${february})|${leapYear}-02-29)`;
const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?';
const time = `${clock}(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)`;

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,18}[A-Za-z0-9])?';
const hostname = `${label}(?:\\.${label}){0,3}`;
const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = `${octet}(?:\\.${octet}){3}`;
const group = '[0-9A-Fa-f]{1,4}';
const ipv6 = `(?:${group}(?::${group}){7}|${shortenedIpv6()})`;

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,30}";
const email = `${atom}(?:\\.${atom})?@${label}(?:\\.${label}){1,3}`;

const plain = "A-Za-z0-9._~!$&'()*+,;=:@/-";
const encoded = '%[0-9A-Fa-f]{2}';
const origin = `[A-Za-z][A-Za-z0-9+.-]{0,11}://(?:${hostname}|${ipv4})(?::\\d{1,4})?`;
const tail = `(?:/(?:[${plain}]|${encoded})*)?(?:\\?(?:[${plain}?]|${encoded})*)?(?:#(?:[${plain}?]|${encoded})*)?`;
const shortTail = `(?:/[${plain}]{0,200})?(?:\\?[${plain}?]{0,200})?(?:#[${plain}?]{0,100})?`;

const dated = '(?:\\d{1,9}Y(?:\\d{1,9}M(?:\\d{1,9}D)?)?|\\d{1,9}M(?:\\d{1,9}D)?|\\d{1,9}D)';
const timed = 'T(?:\\d{1,9}H(?:\\d{1,9}M(?:\\d{1,9}S)?)?|\\d{1,9}M(?:\\d{1,9}S)?|\\d{1,9}S)';

/** A format that has no end of its own also has a form that has one: counting needs a state for each length. */
export interface Format {
  readonly pattern: string;
  readonly short?: string;
}

export const formats: Readonly<Record<string, Format>> = {
  date: whole(date),
  time: whole(time),
  'date-time': whole(`${date}T${time}`),
  duration: whole(`P(?:\\d{1,9}W|${timed}|${dated}(?:${timed})?)`),
  email: whole(email),
  hostname: whole(hostname),
  ipv4: whole(ipv4),
  ipv6: whole(ipv6),
  uri: whole(`${origin}${tail}`, `${origin}${shortTail}`),
  'uri-reference': whole(
    `(?:${origin}${tail}|/[A-Za-z0-9]${tail})`,
    `(?:${origin}${shortTail}|/[A-Za-z0-9]${shortTail})`,
  ),
  uuid: whole('[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'),
  'json-pointer': whole('(?:/(?:[^~/]|~[01])*)*'),
};

function whole(pattern: string, short?: string): Format {
  return { pattern: `^(?:${pattern})$`, ...(short !== undefined && { short: `^(?:${short})$` }) };
}

/** Formats that the specification defines and that are not regular, or not worth their size. */
export const unknownFormats: ReadonlySet<string> = new Set([
  'idn-email',
  'idn-hostname',
  'iri',
  'iri-reference',
  'uri-template',
  'relative-json-pointer',
  'regex',
]);

/** Addresses with one run of groups left out (RFC 4291, section 2.2): so many groups before it, so many behind. */
function shortenedIpv6(): string {
  const groups = (count: number): string => (count === 0 ? '' : `${group}(?::${group}){0,${count - 1}}`);
  const forms = Array.from({ length: 7 }, (_, before) => {
    const behind = 6 - before;
    const head = before === 0 ? '' : Array.from({ length: before }, () => group).join(':');
    return `${head}::${behind === 0 ? '' : `(?:${groups(behind)})?`}`;
  });
  return forms.join('|');
}

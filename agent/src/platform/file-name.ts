import { ImpetusError } from '@impetus/contracts';

/** What one name may be made of. Anything else, such as a slash of another alphabet or a colon, is refused. */
const allowed = /^[\p{L}\p{M}\p{N} ._\-+()[\]{}@#=,~!&'%$;^]+$/u;
/** Names that some file systems keep for devices, with any ending. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;
const longestName = 255;
const longestPath = 900;
/** The library does not look deeper into a folder. */
const deepest = 5;

/**
 * A path that somebody else chose, as names that are safe below a folder of ours: nothing absolute or hidden, no way
 * up, no two names that one would take for one another. Throws `invalid_request` with what is wrong.
 */
export function safePath(path: string): readonly string[] {
  const names = path.normalize('NFC').split('/');
  const problem =
    (bytesIn(path) > longestPath ? 'it is too long' : null) ??
    (names.length > deepest ? 'it lies too deep' : null) ??
    names.map(problemOf).find((found) => found !== null);
  if (problem === undefined) return names;
  throw new ImpetusError(
    'invalid_request',
    `The file name ${shown(path)} cannot be used: ${problem}. Nothing was written.`,
    { param: 'path' },
  );
}

function problemOf(name: string): string | null {
  if (name === '') return 'a part of it is empty, or it begins at the root of the disk';
  if (name === '.' || name === '..') return 'it leads out of its folder';
  if (name.startsWith('.')) return 'a part of it begins with a dot';
  if (/^\s|[\s.]$/u.test(name)) return 'a part of it begins with a space, or ends with one or with a dot';
  if (bytesIn(name) > longestName) return 'it is too long';
  if (name.normalize('NFKC') !== name || !allowed.test(name))
    return 'it has a character that file systems or people read as another one';
  if (reserved.test(name)) return 'it is a name that some systems keep for a device';
  if (mixesAlphabets(name)) return 'it mixes letters that look alike';
  return null;
}

function mixesAlphabets(name: string): boolean {
  const latin = /\p{Script=Latin}/u.test(name);
  return latin && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name);
}

function bytesIn(text: string): number {
  return Buffer.byteLength(text);
}

/** Short, and with nothing in it that a screen or a log would act on. */
function shown(path: string): string {
  const text = path.length > 80 ? `${path.slice(0, 80)}…` : path;
  return `“${text.replaceAll(/[\p{C}\p{Z}]/gu, ' ')}”`;
}

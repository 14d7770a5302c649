/** What became of a name that somebody else chose. */
export type SafeFileName = { readonly name: string } | { readonly refusal: string };

/** Most file systems end at 255 bytes; what is unfinished needs room for a suffix. */
const mostBytes = 200;

/** Windows and older disks keep these for devices, whatever follows the dot. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/** Invisible characters, and those that turn the direction of writing: a name must look like what it is. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u;

/** Characters that look like a slash, a backslash, a colon or a dot and are none. */
const lookAlikes =
  /[\u2044\u2215\u29F8\u29F5\uFE68\uFF0F\uFF3C\uA789\u2236\uFE55\uFF1A\u2024\uFE52\uFF0E\u2025\u2026]/u;

/**
 * A name for one file inside a folder of ours, from a name that a browser, a client or the Hub sent. Refuses what
 * could leave the folder, hide, or pass for something else; it never repairs, so that a name says what was sent.
 */
export function safeFileName(sent: string): SafeFileName {
  const name = sent.normalize('NFC').trim();
  const refusal = refusalOf(name);
  return refusal === null ? { name } : { refusal: `The file cannot be kept under this name: ${refusal}` };
}

/** The same for a path of folders and a file, such as `UD-Q4/model-00001-of-00002.gguf`. */
export function safeRelativePath(sent: string): SafeFileName {
  const parts = sent.split('/').map(safeFileName);
  if (parts.length > 8) return { refusal: 'The file cannot be kept: its path has more than 8 parts.' };
  const refused = parts.find((part) => 'refusal' in part);
  return refused ?? { name: parts.map((part) => ('name' in part ? part.name : '')).join('/') };
}

function refusalOf(name: string): string | null {
  if (name === '') return 'it is empty.';
  if (name === '.' || name === '..') return 'it means a folder.';
  if (/[/\\]/u.test(name)) return 'it has a slash. Send the name alone, without folders.';
  if (unseen.test(name)) return 'it has characters that cannot be seen.';
  if (lookAlikes.test(name))
    return 'it has characters that look like a slash, a colon or a dot and are none.';
  if (/[<>:"|?*]/u.test(name)) return 'it has one of < > : " | ? *, which not every disk can keep.';
  if (name.startsWith('.')) return 'it begins with a dot, which hides it.';
  if (name.endsWith('.')) return 'it ends with a dot.';
  if (devices.test(name)) return 'some systems keep it for a device.';
  const bytes = new TextEncoder().encode(name).length;
  return bytes > mostBytes ? `it is ${bytes} bytes long; ${mostBytes} are the most.` : null;
}

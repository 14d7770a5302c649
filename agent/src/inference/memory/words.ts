const gigabyte = 1_000_000_000;

/** A size for people: `4.6 GB`, `350 MB`. Rounded up, so that a need never looks smaller than a limit it breaks. */
export function sizeInWords(bytes: number): string {
  if (bytes >= gigabyte) return `${Math.ceil(bytes / (gigabyte / 10)) / 10} GB`;
  return `${Math.ceil(bytes / 1_000_000)} MB`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listInWords(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

import { GgufError } from './errors.ts';
import type { Metadata } from './values.ts';

const defaultAlignment = 32; // the specification's, where the file names none

/** The alignment of a file's tensor data, in bytes. Throws `GgufError` 'malformed' for an impossible one. */
export function alignmentOf(metadata: Metadata): number {
  const entry = metadata.get('general.alignment');
  if (!entry) return defaultAlignment;
  const alignment = entry.type === 'uint32' ? Number(entry.value) : 0;
  if (alignment > 0 && Number.isInteger(Math.log2(alignment))) return alignment;
  throw new GgufError('malformed', 'The key "general.alignment" has to be a uint32 that is a power of two.');
}

/** The next multiple of `alignment`, in plain arithmetic: offsets are larger than 32 bits. */
export function alignUp(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}

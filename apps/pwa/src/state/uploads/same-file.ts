import type { Upload } from '@impetus/contracts/uploads';

/**
 * Why a file cannot be what an interrupted upload began with; null where it may be. Two quants can have the same size,
 * so the name has to agree too: the halves of two files would make a model that loads and talks nonsense.
 */
export function differenceFrom(
  { name, sizeBytes }: Pick<Upload, 'name' | 'sizeBytes'>,
  file: Pick<File, 'name' | 'size'>,
): string | null {
  if (file.name !== name) return `This is another file: ${file.name}. Choose ${name} to go on.`;
  if (file.size === sizeBytes) return null;
  return `This is another file: ${name} has ${sizeBytes} bytes, and this one ${file.size}.`;
}

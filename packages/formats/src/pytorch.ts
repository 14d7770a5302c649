import { bytesAt, type ByteSource } from './source.ts';

/** `zip`: as torch.save writes since 1.6; `pickle`: before that. Neither is ever unpickled: a pickle is a program. */
export type PyTorchFacts = { readonly container: 'zip' | 'pickle' };

/** Protocol 2, then torch's magic number as a long of ten bytes. */
const legacyMagic = Buffer.from('80028a0a6cfc9c46f9206aa850192e', 'hex');

const localHeader = 0x04034b50;
const endRecord = 0x06054b50;
const endRecordBytes = 22;
const mostComment = 65_535;
const mostDirectoryBytes = 4 * 1024 * 1024;

/** Whether a file was written by PyTorch, by its container alone. */
export async function readPyTorch(source: ByteSource): Promise<PyTorchFacts | null> {
  const start = await bytesAt(source, 0, legacyMagic.length);
  if (start.equals(legacyMagic)) return { container: 'pickle' };
  if (start.length < 4 || start.readUInt32LE(0) !== localHeader) return null;
  return (await holdsPickle(source)) ? { container: 'zip' } : null;
}

/** Whether the archive's directory names `…/data.pkl`; where it is too large, its beginning has to. */
async function holdsPickle(source: ByteSource): Promise<boolean> {
  const first = await bytesAt(source, 0, 1024);
  if (first.includes('/data.pkl')) return true;
  const tailLength = Math.min(source.size, endRecordBytes + mostComment);
  const tail = await bytesAt(source, source.size - tailLength, tailLength);
  for (let at = tail.length - endRecordBytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== endRecord) continue;
    const [length, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
    const directory = await bytesAt(source, offset, Math.min(length, mostDirectoryBytes));
    return directory.includes('/data.pkl');
  }
  return false;
}

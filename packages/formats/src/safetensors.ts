import { bytesAt, type ByteSource } from './source.ts';

/** What a SafeTensors header tells. */
export interface SafeTensorsFacts {
  readonly tensors: number;
  /** Elements of all tensors; of weights packed into whole numbers, the numbers. */
  readonly elements: number;
  /** The type that most elements have, such as “BF16”. */
  readonly type: string | null;
  /** `__metadata__.format`: “pt”, “mlx” and so on. */
  readonly madeFor: string | null;
  /** Whether the header's last tensor ends past the file. */
  readonly truncated: boolean;
}

/** The format's own limit is 100 MB; headers of the largest models have some megabytes. */
const mostHeaderBytes = 32 * 1024 * 1024;
const mostTensors = 200_000;

/** Reads a SafeTensors header; null where the file is none. Bounded by the bytes that are there. */
export async function readSafeTensors(source: ByteSource): Promise<SafeTensorsFacts | null> {
  const start = await bytesAt(source, 0, 9);
  if (start.length < 9 || start[8] !== 0x7b) return null;
  const length = start.readBigUInt64LE(0);
  if (length < 2n || length > BigInt(mostHeaderBytes) || length + 8n > BigInt(source.size)) return null;
  const header = parse((await bytesAt(source, 8, Number(length))).toString('utf8'));
  return header === null ? null : summarise(header, source.size - 8 - Number(length));
}

interface Tensor {
  readonly type: string;
  readonly elements: number;
  readonly end: number;
}

function summarise(header: Readonly<Record<string, unknown>>, dataBytes: number): SafeTensorsFacts | null {
  const { __metadata__: metadata, ...rest } = header;
  const entries = Object.values(rest);
  if (entries.length > mostTensors) return null;
  const tensors = entries.map(tensorOf);
  if (!tensors.every((tensor) => tensor !== null)) return null;
  const elements = new Map<string, number>();
  for (const { type, elements: more } of tensors) elements.set(type, (elements.get(type) ?? 0) + more);
  const [most] = [...elements].toSorted(([, a], [, b]) => b - a);
  const format = (metadata as { format?: unknown } | undefined)?.format;
  return {
    tensors: tensors.length,
    elements: tensors.reduce((sum, tensor) => sum + tensor.elements, 0),
    type: most?.[0] ?? null,
    madeFor: typeof format === 'string' ? format.slice(0, 40) : null,
    truncated: tensors.some(({ end }) => end > dataBytes),
  };
}

function tensorOf(value: unknown): Tensor | null {
  if (typeof value !== 'object' || value === null) return null;
  const { dtype, shape, data_offsets: offsets } = value as Record<string, unknown>;
  if (typeof dtype !== 'string' || !isCounts(shape) || !isCounts(offsets)) return null;
  const elements = shape.reduce((product, side) => product * side, 1);
  return { type: dtype.slice(0, 20), elements, end: offsets[1] ?? 0 };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

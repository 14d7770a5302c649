import { ImpetusError } from '@impetus/contracts';

/** The first of a vector's dimensions, at unit length again so that a dot product stays the cosine. */
export function shortened(
  vector: readonly number[],
  dimensions: number | null | undefined,
): readonly number[] {
  if (dimensions === null || dimensions === undefined || dimensions === vector.length) return vector;
  if (dimensions > vector.length) {
    throw new ImpetusError(
      'invalid_request',
      `'dimensions' must be at most ${vector.length}, which is what this model has.`,
      { param: 'dimensions', detail: 'invalid_value' },
    );
  }
  const kept = vector.slice(0, dimensions);
  const length = Math.hypot(...kept);
  return length === 0 ? kept : kept.map((value) => value / length);
}

/** A vector as base64 of 32-bit floats, the lowest byte first. */
export function toBase64(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
}

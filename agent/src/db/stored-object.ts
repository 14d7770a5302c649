import type { z } from 'zod';

/** What of a stored object can still be used. */
export interface StoredObject<T> {
  readonly values: Partial<T>;
  /** Names of fields whose values are not valid; null where the whole is no object. */
  readonly invalid: readonly string[] | null;
}

/**
 * Reads a JSON object that another version may have written: fields that this version does not know are ignored,
 * those that it would not accept are left out and named.
 */
export function readStoredObject<Shape extends z.ZodRawShape>(
  { shape }: z.ZodObject<Shape>,
  json: string,
): StoredObject<z.infer<z.ZodObject<Shape>>> {
  const stored = parseObject(json);
  if (stored === null) return { values: {}, invalid: null };
  const values: Record<string, unknown> = {};
  const invalid: string[] = [];
  for (const [name, schema] of Object.entries(shape)) {
    if (!Object.hasOwn(stored, name)) continue;
    const result = (schema as z.ZodType).safeParse(stored[name]);
    if (result.success) values[name] = result.data;
    else invalid.push(name);
  }
  return { values: values as Partial<z.infer<z.ZodObject<Shape>>>, invalid };
}

function parseObject(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

import { UnsupportedSchema } from '../errors.ts';
import type { Located } from './shape.ts';

/** The schema that `$ref` at `from` names, within the same document: `#`, a JSON Pointer, or an `$anchor`. */
export function resolveReference(document: Located, reference: unknown, from: string): Located {
  if (typeof reference !== 'string') throw new UnsupportedSchema('$ref', from, 'it is not text.');
  if (reference === '#') return document;
  if (reference.startsWith('#/')) return atPointer(document, reference, from);
  const anchored = reference.startsWith('#') ? findAnchor(document, reference.slice(1)) : undefined;
  if (anchored !== undefined) return anchored;
  throw new UnsupportedSchema(
    '$ref',
    from,
    `“${reference}” is not in this document, and nothing is fetched.`,
  );
}

function atPointer(document: Located, reference: string, from: string): Located {
  let { schema, pointer } = document;
  for (const segment of reference.slice(2).split('/')) {
    const name = decodeURIComponentSafely(segment).replaceAll('~1', '/').replaceAll('~0', '~');
    schema =
      isRecord(schema) || Array.isArray(schema) ? (schema as Record<string, unknown>)[name] : undefined;
    pointer = `${pointer}/${segment}`;
  }
  if (schema === undefined) throw new UnsupportedSchema('$ref', from, `there is nothing at “${reference}”.`);
  return { schema, pointer };
}

function findAnchor({ schema, pointer }: Located, anchor: string): Located | undefined {
  if (!isRecord(schema) && !Array.isArray(schema)) return undefined;
  if (isRecord(schema) && schema['$anchor'] === anchor) return { schema, pointer };
  for (const [name, value] of Object.entries(schema)) {
    const found = findAnchor({ schema: value, pointer: `${pointer}/${escapeSegment(name)}` }, anchor);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A name as a segment of a JSON Pointer. */
export function escapeSegment(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function decodeURIComponentSafely(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

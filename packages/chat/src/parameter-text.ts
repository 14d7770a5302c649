import type { JsonSchema } from '@impetus/contracts';
import { isJson } from './json-reader.ts';

/** Whether a value that stands without quotes is a text, by its schema; null: it does not say. */
export function isText(schema: JsonSchema | undefined): boolean | null {
  if (typeof schema !== 'object') return null;
  const { type, enum: values, const: value } = schema;
  if (type === 'string') return true;
  if (typeof type === 'string') return false;
  if (Array.isArray(values)) return values.every((one) => typeof one === 'string') ? true : null;
  if (typeof value === 'string') return true;
  return null;
}

/** A value as it stood between tags, as JSON: by its schema, or by what it looks like. */
export function valueToJson(text: string, schema: JsonSchema | undefined): string {
  const asText = isText(schema);
  if (asText === true) return JSON.stringify(text);
  const trimmed = text.trim();
  if (isJson(trimmed)) return trimmed;
  return fromPython[trimmed] ?? JSON.stringify(text);
}

/** Models that learned from Python write these. */
const fromPython: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };

/** The schema of one parameter. */
export function parameterSchema(parameters: JsonSchema | undefined, key: string): JsonSchema | undefined {
  if (typeof parameters !== 'object') return undefined;
  const { properties } = parameters;
  if (typeof properties !== 'object' || properties === null) return undefined;
  return Object.hasOwn(properties, key) ? (properties as Record<string, JsonSchema>)[key] : undefined;
}

import { ImpetusError, type JsonSchema } from '@impetus/contracts';
import { anyObjectGrammar, grammarFor, UnsupportedSchema } from '@impetus/grammar';
import { shown } from './shown.ts';

/** Clients send the same few schemas again and again. */
const keptGrammars = 200;
/** Compiling takes time that grows faster than a schema does, and nobody else is answered meanwhile. */
const longestSchema = 128 * 1024;
const known = new Map<string, string>();

/** GBNF for a schema. Throws `invalid_request` naming the keyword that stands in the way. */
export function schemaGrammar(schema: JsonSchema, param: string): string {
  const key = JSON.stringify(schema);
  const before = known.get(key);
  if (before !== undefined) return before;
  if (key.length > longestSchema)
    throw refusal(`The schema has more than ${longestSchema} characters.`, param);
  const gbnf = compile(schema, param);
  known.set(key, gbnf);
  const oldest = known.keys().next().value;
  if (known.size > keptGrammars && oldest !== undefined) known.delete(oldest);
  return gbnf;
}

/** GBNF of any JSON object. */
export function objectGrammar(): string {
  return (objects ??= anyObjectGrammar());
}
let objects: string | undefined;

function compile(schema: JsonSchema, param: string): string {
  try {
    return grammarFor(schema);
  } catch (error) {
    // It names a place in the schema, which may be as long as a client likes.
    if (error instanceof UnsupportedSchema) throw refusal(shown(error.message, 500), param);
    // References may lead through one another as deep as they like.
    if (error instanceof RangeError) throw refusal('The schema leads too deep to become a grammar.', param);
    throw error;
  }
}

function refusal(message: string, param: string): ImpetusError {
  return new ImpetusError('invalid_request', message, { param, detail: 'invalid_json_schema' });
}

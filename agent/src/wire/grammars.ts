import { ImpetusError, type JsonSchema } from '@impetus/contracts';
import { anyObjectGrammar, grammarFor, UnsupportedSchema } from '@impetus/grammar';
import { shown } from './shown.ts';

/** Clients send the same few schemas again and again. */
const keptGrammars = 200;
const known = new Map<string, string>();

/** GBNF for a schema. Throws `invalid_request` naming the keyword that stands in the way. */
export function schemaGrammar(schema: JsonSchema, param: string): string {
  const key = JSON.stringify(schema);
  const before = known.get(key);
  if (before !== undefined) return before;
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
    if (!(error instanceof UnsupportedSchema)) throw error;
    // It names a place in the schema, which may be as long as a client likes.
    throw new ImpetusError('invalid_request', shown(error.message, 500), {
      param,
      detail: 'invalid_json_schema',
    });
  }
}

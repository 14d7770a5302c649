import { UnsupportedSchema } from './errors.ts';
import { Grammar, GrammarTooLarge } from './expression/grammar.ts';
import type { Expression } from './expression/expression.ts';
import { SchemaReader } from './schema/reader.ts';
import { SchemaWriter } from './schema/writer.ts';

export { UnsupportedSchema } from './errors.ts';
export {
  choice,
  nothing,
  oneOf,
  optional,
  repeat,
  sequence,
  text,
  type Expression,
} from './expression/expression.ts';
export { Grammar } from './expression/grammar.ts';
export { everything, type CodePoints } from './regex/code-points.ts';

/**
 * JSON texts whose value satisfies a schema (JSON Schema 2020-12, and what earlier drafts write differently), as a rule
 * of `grammar`. Throws UnsupportedSchema where no grammar can promise that.
 */
export function schemaRule(grammar: Grammar, schema: unknown, document = ''): Expression {
  const root = { schema, pointer: document };
  try {
    return new SchemaWriter(grammar, new SchemaReader(root)).value([root]);
  } catch (error) {
    if (!(error instanceof GrammarTooLarge)) throw error;
    throw new UnsupportedSchema('schema', '', 'its grammar would be too large.');
  }
}

/** GBNF of the JSON texts whose value satisfies the schema. Throws UnsupportedSchema, which names the keyword. */
export function grammarFor(schema: unknown): string {
  const grammar = new Grammar();
  const gbnf = grammar.print(schemaRule(grammar, schema));
  if (gbnf === null) throw new UnsupportedSchema('schema', '', 'no value satisfies it.');
  return gbnf;
}

/** GBNF of any JSON object, as OpenAI's `json_object` wants it. */
export function anyObjectGrammar(): string {
  return grammarFor({ type: 'object' });
}

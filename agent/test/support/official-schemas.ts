import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type AnySchemaObject, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';

const path = fileURLToPath(new URL('../../../../shared/openai-spec/openai-trimmed.json', import.meta.url));

/** Ends the title of a test that validates: OpenAI's schemas lie beside the repository, not in it. */
export const needsOfficialSchemas = existsSync(path) ? '' : ' (skipped: OpenAI’s schemas are not here)';

const validators = new Map<string, ValidateFunction>();
const ajv = existsSync(path) ? open() : null;

/** Throws where a value is not as OpenAI's own schema of this name says. */
export function requireOfficial(name: string, value: unknown): void {
  if (ajv === null) return;
  const validate = validators.get(name) ?? ajv.compile({ $ref: `openai#/$defs/${name}` });
  validators.set(name, validate);
  if (validate(value)) return;
  throw new Error(`Not a ${name}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`);
}

function open(): Ajv2020 {
  const spec = JSON.parse(readFileSync(path, 'utf8')) as { $defs: Record<string, AnySchemaObject> };
  // They are compiled once for a few values: making the code better would take longer than it saves.
  const instance = new Ajv2020({ strict: false, validateSchema: false, code: { optimize: false } });
  ajvFormats.default(instance);
  instance.addFormat('unixtime', { type: 'number', validate: Number.isInteger });
  instance.addSchema({ $id: 'openai', $defs: { ...spec.$defs, ...asOpenAiAnswers(spec.$defs) } });
  return instance;
}

/** Where OpenAI's service has long answered other than its schemas say, and clients have got used to it. */
function asOpenAiAnswers(definitions: Record<string, AnySchemaObject>): Record<string, AnySchemaObject> {
  const completion = structuredClone(definitions['CreateCompletionResponse']) as AnySchemaObject;
  const choice = completion['properties'].choices.items.properties;
  // Every chunk before the last says that nothing has ended yet.
  choice.finish_reason = { enum: [...choice.finish_reason.enum, null] };
  // Nothing comes before the first token of a prompt that is echoed.
  const lists = choice.logprobs.anyOf[0].properties;
  lists.token_logprobs.anyOf[0].items = { type: ['number', 'null'] };
  lists.top_logprobs.anyOf[0].items.type = ['object', 'null'];
  // Coding agents shorten the conversation when they read this one.
  const failure = structuredClone(definitions['ResponseErrorCode']) as AnySchemaObject;
  failure['enum'].push('context_length_exceeded');
  return { CreateCompletionResponse: completion, ResponseErrorCode: failure };
}

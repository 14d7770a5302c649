import { ImpetusError, modelSettingsSchema, type ModelEntry, type ModelSettings } from '@impetus/contracts';
import type { OllamaCreateBody } from '@impetus/contracts/ollama';
import { toSampling } from '../answers/options.ts';
import { spellings } from '../names.ts';

const refused = ['template', 'license', 'messages', 'files', 'adapters', 'quantize', 'modelfile'] as const;

/** What the parameters of a model can say here, beside its sampling. */
const samplingParameters = new Set([
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'repeat_penalty',
  'repeat_last_n',
  'presence_penalty',
  'frequency_penalty',
  'seed',
]);

/**
 * What making a model of another one changes in that one's settings: an alias shares them, so only a model that is
 * made of itself can be given some. What they cannot carry is refused by name.
 */
export function settingsFor(body: OllamaCreateBody, name: string, from: ModelEntry): Partial<ModelSettings> {
  for (const field of refused) if (isGiven(body[field])) throw cannot(field);
  const given = Object.entries(body.parameters ?? {}).filter(([, value]) => isGiven(value));
  for (const [field] of given) {
    if (field !== 'num_ctx' && !samplingParameters.has(field)) throw cannot(`parameters.${field}`);
  }
  const contextSize = body.parameters?.num_ctx ?? null;
  const changes: Partial<ModelSettings> = {
    ...(given.some(([field]) => samplingParameters.has(field)) && {
      sampling: toSampling(body.parameters ?? {}),
    }),
    ...(contextSize !== null && { contextSize: checkedContext(contextSize) }),
    ...(isGiven(body.system) && { systemPrompt: body.system ?? null }),
  };
  const [first] = [
    ...given.map(([field]) => `parameters.${field}`),
    ...(isGiven(body.system) ? ['system'] : []),
  ];
  if (first !== undefined && !isItself(from, name)) throw shared(first, from);
  return changes;
}

function isItself({ id, aliases }: ModelEntry, name: string): boolean {
  return [id, ...aliases].some((known) => spellings(name).includes(known));
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function checkedContext(size: number): number {
  const result = modelSettingsSchema.shape.contextSize.safeParse(size);
  if (result.success && result.data !== null) return result.data;
  throw new ImpetusError('invalid_request', "'parameters.num_ctx' must be at least 128.", {
    param: 'parameters.num_ctx',
  });
}

function cannot(field: string): ImpetusError {
  return new ImpetusError(
    'invalid_request',
    `'${field}' is not supported: a model that is made of another one is an alias of it here.`,
    { param: field, detail: 'unsupported_parameter' },
  );
}

function shared(field: string, { id }: ModelEntry): ImpetusError {
  return new ImpetusError(
    'invalid_request',
    `'${field}' would hold for ${id} under each of its names, since an alias shares its model's settings. To change them, create ${id} from itself with these parameters.`,
    { param: field, detail: 'unsupported_parameter' },
  );
}

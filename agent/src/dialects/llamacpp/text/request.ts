import type { Generation, Prompt, Sampling } from '@impetus/contracts';
import type { LlamaCommonFields, LlamaCompletionBody, LlamaInfillBody } from '@impetus/contracts/llamacpp';
import { schemaGrammar } from '../../../wire/grammars.ts';

/** As far back as a runner looks; -1 means the whole context. */
const farthestBack = 4_096;
const banned = -100;

export function toCompletion(body: LlamaCompletionBody): Generation {
  return { prompt: toPrompt(body.prompt), ...toCommon(body) };
}

/** What stands before the gap and what fills its beginning are one text. */
export function toInfill(body: LlamaInfillBody): Generation {
  const { input_prefix: prefix, input_suffix: suffix, input_extra: extra, prompt } = body;
  const files = (extra ?? []).map(({ filename, text }) => ({ path: filename ?? 'tmp', text }));
  return {
    prompt: {
      kind: 'infill',
      prefix: `${prefix ?? ''}${prompt ?? ''}`,
      suffix: suffix ?? '',
      ...(files.length > 0 && { files }),
    },
    ...toCommon(body),
  };
}

function toPrompt(prompt: LlamaCompletionBody['prompt']): Prompt {
  if (typeof prompt === 'string') return { kind: 'text', text: prompt };
  const [first] = prompt;
  return typeof first === 'string'
    ? { kind: 'text', text: first }
    : { kind: 'tokens', tokens: prompt as number[] };
}

function toCommon(body: LlamaCommonFields): Omit<Generation, 'prompt'> {
  const { n_predict: limit, stop, n_probs: chances, logit_bias: bias } = body;
  const grammar = toGrammar(body);
  const logitBias = toLogitBias(bias);
  return {
    sampling: toSampling(body),
    maxTokens: limit === null || limit === undefined || limit < 0 ? null : limit,
    stop: (typeof stop === 'string' ? [stop] : (stop ?? [])).filter((text) => text !== ''),
    ignoreEnd: body.ignore_eos === true,
    ...(grammar !== null && { grammar }),
    ...(typeof chances === 'number' && chances > 0 && { logprobs: chances }),
    ...(logitBias.length > 0 && { logitBias }),
  };
}

function toGrammar({ grammar, json_schema: schema }: LlamaCommonFields): string | null {
  if (typeof grammar === 'string' && grammar !== '') return grammar;
  return schema === null || schema === undefined ? null : schemaGrammar(schema, 'json_schema');
}

function toLogitBias(bias: LlamaCommonFields['logit_bias']): NonNullable<Generation['logitBias']> {
  const pairs = Array.isArray(bias)
    ? bias
    : Object.entries(bias ?? {}).map(([token, value]) => [Number(token), value] as const);
  return pairs.map(([token, value]) => [token, value === false ? banned : value] as const);
}

function toSampling(body: LlamaCommonFields): Sampling {
  const { repeat_last_n: back, seed } = body;
  const told: Partial<Record<keyof Sampling, number | null | undefined>> = {
    temperature: body.temperature,
    topP: body.top_p,
    topK: body.top_k,
    minP: body.min_p,
    frequencyPenalty: body.frequency_penalty,
    presencePenalty: body.presence_penalty,
    repeatPenalty: body.repeat_penalty,
    repeatLastN: typeof back === 'number' ? Math.min(back < 0 ? farthestBack : back, farthestBack) : back,
    xtcProbability: body.xtc_probability,
    xtcThreshold: body.xtc_threshold,
    dryMultiplier: body.dry_multiplier,
    dryBase: body.dry_base,
    dryAllowedLength: body.dry_allowed_length,
    // A negative seed asks for a new one each time, as no seed does.
    seed: typeof seed === 'number' && seed < 0 ? undefined : seed,
  };
  return Object.fromEntries(
    Object.entries(told).filter(([, value]) => value !== null && value !== undefined),
  );
}

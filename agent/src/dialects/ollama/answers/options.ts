import type { Generation, Sampling } from '@impetus/contracts';
import type { OllamaOptions } from '@impetus/contracts/ollama';

/** As far back as a runner looks; -1 means the whole context. */
const farthestBack = 4_096;

const names = {
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  minP: 'min_p',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
  repeatPenalty: 'repeat_penalty',
  repeatLastN: 'repeat_last_n',
  seed: 'seed',
} as const satisfies Partial<Record<keyof Sampling, keyof OllamaOptions>>;

type Told = Pick<Generation, 'sampling' | 'maxTokens' | 'stop'>;

/** What a request's options say about its answer. */
export function toTold(options: OllamaOptions | null | undefined): Told {
  const { num_predict: limit, stop } = options ?? {};
  return {
    sampling: toSampling(options ?? {}),
    maxTokens: limit === undefined || limit === null || limit < 0 ? null : limit,
    stop: (typeof stop === 'string' ? [stop] : (stop ?? [])).filter((text) => text !== ''),
  };
}

export function toSampling(options: OllamaOptions): Sampling {
  const { repeat_last_n: back, seed } = options;
  const given = {
    ...options,
    repeat_last_n: typeof back === 'number' ? Math.min(back < 0 ? farthestBack : back, farthestBack) : back,
    // A negative seed asks for a new one each time, as no seed does.
    seed: typeof seed === 'number' && seed < 0 ? undefined : seed,
  };
  const told = Object.entries(names).map(([ours, theirs]) => [ours, given[theirs]] as const);
  return Object.fromEntries(told.filter(([, value]) => value !== null && value !== undefined));
}

/** Sampling in the words of a Modelfile. */
export function samplingOptions(sampling: Sampling): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([ours, theirs]) => {
      const value = sampling[ours as keyof typeof names];
      return value === undefined ? [] : [[theirs, value] as const];
    }),
  );
}

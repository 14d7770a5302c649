import type { Generation } from '@impetus/contracts';
import type { FimBody } from '@impetus/contracts/openai';
import { toSampling, toStop } from './sampling.ts';

/** Code with a gap, as Mistral's API takes it and editors ask for completions. */
export function toFimGeneration(body: FimBody): Generation {
  return {
    prompt: { kind: 'infill', prefix: body.prompt, suffix: body.suffix ?? '' },
    sampling: toSampling({ ...body, seed: body.random_seed ?? body.seed }),
    maxTokens: body.max_tokens ?? null,
    stop: toStop(body.stop),
  };
}

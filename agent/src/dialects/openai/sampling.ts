import type { Generation, Sampling } from '@impetus/contracts';
import type { SamplingFields } from '@impetus/contracts/openai';

/** How both text endpoints say how to sample. */
export function toSampling(body: SamplingFields): Sampling {
  return withoutAbsent({
    temperature: body.temperature,
    topP: body.top_p,
    topK: body.top_k,
    minP: body.min_p,
    frequencyPenalty: body.frequency_penalty,
    presencePenalty: body.presence_penalty,
    repeatPenalty: body.repeat_penalty,
    // llama.cpp's -1 is the whole context; the runner looks back as far as it can.
    repeatLastN: body.repeat_last_n === -1 ? 4_096 : body.repeat_last_n,
    xtcProbability: body.xtc_probability,
    xtcThreshold: body.xtc_threshold,
    dryMultiplier: body.dry_multiplier,
    dryBase: body.dry_base,
    dryAllowedLength: body.dry_allowed_length,
    seed: body.seed,
  });
}

export function toStop(stop: string | readonly string[] | null | undefined): readonly string[] {
  if (stop === null || stop === undefined) return [];
  return (typeof stop === 'string' ? [stop] : stop).filter((text) => text !== '');
}

/** Biases by token, which are the names of an object on the wire. */
export function toLogitBias(
  bias: Readonly<Record<string, number>> | null | undefined,
): Pick<Generation, 'logitBias'> {
  const entries = Object.entries(bias ?? {}).map(([token, value]) => [Number(token), value] as const);
  return entries.length === 0 ? {} : { logitBias: entries };
}

function withoutAbsent(fields: Partial<Record<keyof Sampling, number | null | undefined>>): Sampling {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}

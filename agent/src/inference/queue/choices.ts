import {
  isPiece,
  type AnswerEnd,
  type Generation,
  type GenerationEvent,
  type Usage,
} from '@impetus/contracts';

/** Runs one of them; it ends early when the signal is aborted. */
type Run = (generation: Generation, signal: AbortSignal) => AsyncGenerator<GenerationEvent, void>;

interface Heard {
  readonly choice: number;
  readonly result: IteratorResult<GenerationEvent, void>;
}

/**
 * Several answers to one prompt, each a run of its own with a seed of its own, told as one. The prompt is read once:
 * the runs begin alike, so the later ones get what the first has read.
 */
export async function* choicesOf(
  generation: Generation,
  signal: AbortSignal,
  run: Run,
): AsyncGenerator<GenerationEvent, void> {
  const { choices: count = 1 } = generation;
  if (count <= 1) {
    yield* run(generation, signal);
    return;
  }
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const runs = Array.from({ length: count }, (_, choice) => run(ofChoice(generation, choice), either));
  const next = async (choice: number): Promise<Heard> => {
    const result = await (runs[choice] as AsyncGenerator<GenerationEvent, void>).next();
    return { choice, result };
  };
  const pending = new Map(runs.map((_, choice) => [choice, next(choice)]));
  const ends: AnswerEnd[] = [];
  try {
    while (pending.size > 0) {
      const { choice, result } = await Promise.race(pending.values());
      pending.delete(choice);
      if (result.done === true) continue;
      pending.set(choice, next(choice));
      const event = result.value;
      if (event.kind === 'end') ends[choice] = event;
      else if (isPiece(event)) yield { ...event, choice };
      // Of what comes before the answers, one tells for all.
      else if (choice === 0) yield event;
    }
    yield together(ends);
  } finally {
    // What was asked for and is not awaited any more fails now, and nobody needs to hear of it.
    for (const promise of pending.values()) promise.catch(() => {});
    over.abort();
    await Promise.all(runs.map((one) => one.return()));
  }
}

function ofChoice(generation: Generation, choice: number): Generation {
  const { seed } = generation.sampling;
  return {
    ...generation,
    choices: 1,
    echo: generation.echo === true && choice === 0,
    sampling: { ...generation.sampling, ...(seed !== undefined && { seed: seed + choice }) },
  };
}

function together(ends: readonly AnswerEnd[]): AnswerEnd {
  const [first] = ends;
  if (first === undefined) throw new Error('There are no choices.');
  const sum = (key: 'completionTokens' | 'reasoningTokens') =>
    ends.reduce((total, { usage }) => total + (usage[key] ?? 0), 0);
  const reasoningTokens = sum('reasoningTokens');
  const usage: Usage = {
    ...first.usage,
    completionTokens: sum('completionTokens'),
    ...(reasoningTokens > 0 && { reasoningTokens }),
  };
  const decodeMs = Math.max(...ends.map(({ timings }) => timings.decodeMs));
  return {
    ...first,
    reasons: ends.map(({ reason }) => reason),
    usage,
    timings: { ...first.timings, decodeMs },
  };
}

import { ask, type Answer } from '../client/request.ts';
import { text } from '../prompts.ts';
import { eightSequences, ratioAtLeast, type Measure } from './measure.ts';

const tokens = 128;
const promptTokens = 16;

/** One stream, from its first token to its last. */
export const decode: Measure = {
  name: 'decode',
  layout: eightSequences,
  rows: [
    {
      what: `decode ${tokens}, 1 stream`,
      unit: 'tokens/s',
      ratio: 'speed',
      target: { '15m': ratioAtLeast(0.88), '135m': ratioAtLeast(0.92), '0.5b': ratioAtLeast(0.97) },
    },
  ],
  rounds: { '15m': 9, '135m': 7, '0.5b': 3 },
  async run(server, random) {
    const { pieces } = await ask(server, { prompt: text(random, promptTokens), maxTokens: tokens }).answer;
    const [first = Number.NaN, last = Number.NaN] = [pieces[0], pieces.at(-1)];
    return [((tokens - 1) / (last - first)) * 1_000];
  },
};

/** Several at once, from the first request to the last token: all of their tokens in all of that time. */
export function streams(count: 4 | 8): Measure {
  const eight = { '135m': ratioAtLeast(1), '0.5b': ratioAtLeast(1) };
  return {
    name: `streams-${count}`,
    layout: eightSequences,
    rows: [
      {
        what: `decode ${tokens}, ${count} streams together`,
        unit: 'tokens/s',
        ratio: 'speed',
        ...(count === 8 && { target: eight }),
      },
    ],
    rounds: count === 4 ? { '15m': 3, '135m': 2, '0.5b': 1 } : { '15m': 3, '135m': 3, '0.5b': 1 },
    async run(server, random) {
      const prompts = Array.from({ length: count }, () => text(random, promptTokens));
      const asked = prompts.map((prompt) => ask(server, { prompt, maxTokens: tokens }).answer);
      return [totalRate(await Promise.all(asked))];
    },
  };
}

function totalRate(answers: readonly Answer[]): number {
  const from = Math.min(...answers.map(({ sentAt }) => sentAt));
  const to = Math.max(...answers.map(({ pieces }) => pieces.at(-1) ?? Number.NaN));
  const written = answers.reduce((sum, { timings }) => sum + (timings?.predicted_n ?? Number.NaN), 0);
  return (written / (to - from)) * 1_000;
}

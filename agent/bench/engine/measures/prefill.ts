import { ask } from '../client/request.ts';
import { text } from '../prompts.ts';
import { eightSequences, everySize, ratioAtLeast, type Measure } from './measure.ts';

/** A prompt that no cache knows, up to the first token of its answer. */
export function prefill(tokens: 512 | 2048): Measure {
  return {
    name: `prefill-${tokens}`,
    layout: eightSequences,
    rows: [
      {
        what: `prefill ${tokens}`,
        unit: 'tokens/s',
        ratio: 'speed',
        target: everySize(ratioAtLeast(1)),
      },
    ],
    rounds: tokens === 512 ? { '15m': 7, '135m': 5, '0.5b': 3 } : { '15m': 5, '135m': 3, '0.5b': 1 },
    async run(server, random) {
      const { sentAt, pieces } = await ask(server, { prompt: text(random, tokens), maxTokens: 1 }).answer;
      return [(tokens / ((pieces[0] ?? Number.NaN) - sentAt)) * 1_000];
    },
  };
}

/** What somebody who chats waits for: a short message to a model that is idle. */
export const firstToken: Measure = {
  name: 'first-token',
  layout: eightSequences,
  rows: [
    {
      what: 'first token of a short chat',
      unit: 'ms',
      ratio: 'speed',
      target: everySize(ratioAtLeast(1)),
    },
  ],
  rounds: { '15m': 15, '135m': 11, '0.5b': 5 },
  async run(server, random) {
    const prompt = [{ role: 'user', content: text(random, 40) }] as const;
    const { sentAt, pieces } = await ask(server, { prompt, maxTokens: 1 }).answer;
    return [(pieces[0] ?? Number.NaN) - sentAt];
  },
};

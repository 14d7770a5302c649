import { ask, type Message } from '../client/request.ts';
import { text } from '../prompts.ts';
import { eightSequences, everySize, ratioAtLeast, type Measure } from './measure.ts';

/** A conversation goes on: only what is new should have to be read. */
export const secondTurn: Measure = {
  name: 'second-turn',
  layout: eightSequences,
  rows: [
    {
      what: 'first token of a second turn',
      unit: 'ms',
      ratio: 'speed',
      target: everySize(ratioAtLeast(1)),
    },
    { what: 'tokens evaluated for a second turn', unit: 'tokens', ratio: 'share' },
  ],
  rounds: { '15m': 5, '135m': 3, '0.5b': 1 },
  async run(server, random) {
    const opening: Message[] = [
      { role: 'system', content: text(random, 600) },
      { role: 'user', content: text(random, 100) },
    ];
    const next: Message = { role: 'user', content: text(random, 60) };
    const { text: reply } = await ask(server, { prompt: opening, maxTokens: 48 }).answer;
    const prompt: Message[] = [...opening, { role: 'assistant', content: reply }, next];
    const { sentAt, pieces, timings } = await ask(server, { prompt, maxTokens: 1 }).answer;
    return [(pieces[0] ?? Number.NaN) - sentAt, timings?.prompt_n ?? Number.NaN];
  },
};

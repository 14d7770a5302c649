import { setTimeout as delay } from 'node:timers/promises';
import { ask } from '../client/request.ts';
import { text } from '../prompts.ts';
import { eightSequences, type Measure } from './measure.ts';

const promptTokens = 3_500;
/** Long enough that the prompt is being read, short enough that much of it is still to come. */
const leaveAfterMs = 300;

/** A client goes away while its long prompt is being read: how soon the next one is served. */
export const abort: Measure = {
  name: 'abort',
  layout: eightSequences,
  rows: [
    {
      what: `a short request after an abort in ${promptTokens} tokens`,
      unit: 'ms',
      ratio: 'share',
      target: { '135m': { of: 'ours', bound: 'at most', value: 600 } },
    },
  ],
  rounds: { '15m': 5, '135m': 3, '0.5b': 1 },
  async run(server, random) {
    const long = ask(server, { prompt: text(random, promptTokens), maxTokens: 1 });
    await delay(leaveAfterMs);
    const leftAt = performance.now();
    long.leave();
    const { pieces } = await ask(server, { prompt: text(random, 8), maxTokens: 1 }).answer;
    return [(pieces[0] ?? Number.NaN) - leftAt];
  },
};

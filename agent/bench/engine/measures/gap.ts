import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@impetus/test-kit';
import { ask } from '../client/request.ts';
import { text } from '../prompts.ts';
import { eightSequences, everySize, ratioAtMost, type Measure } from './measure.ts';

const runningStreams = 4;
const promptTokens = 2_000;
/** So many tokens that the running streams do not end before the long prompt has been read. */
const enough = 2_500;
/** Streams are left alone so long before and after, so that a gap is whole when it is measured. */
const settled = 12;
const patienceMs = 120_000;

/** A long prompt arrives while others are being answered. */
export const gap: Measure = {
  name: 'gap',
  layout: eightSequences,
  rows: [
    {
      what: `longest gap in ${runningStreams} streams while ${promptTokens} tokens are read`,
      unit: 'ms',
      ratio: 'share',
      target: everySize(ratioAtMost(0.25)),
    },
    {
      what: `first token of ${promptTokens} tokens beside ${runningStreams} streams`,
      unit: 'ms',
      ratio: 'speed',
    },
  ],
  rounds: { '15m': 3, '135m': 2, '0.5b': 1 },
  async run(server, random) {
    const running = Array.from({ length: runningStreams }, () =>
      ask(server, { prompt: text(random, 16), maxTokens: enough }),
    );
    const eachHas = (count: number) => () => running.every((stream) => stream.count() >= count);
    await waitFor('the streams to run', eachHas(settled), patienceMs);
    const long = await ask(server, { prompt: text(random, promptTokens), maxTokens: 1 }).answer;
    const firstTokenAt = long.pieces[0] ?? Number.NaN;
    const more = Math.max(...running.map((stream) => stream.count())) + settled;
    await waitFor('the streams to go on', eachHas(more), patienceMs);
    for (const stream of running) stream.leave();
    const answers = await Promise.all(running.map(({ answer }) => answer));
    // Both servers need a moment to notice that the clients have left.
    await delay(300);
    return [
      Math.max(...answers.map(({ pieces }) => longestGap(pieces, long.sentAt, firstTokenAt))),
      firstTokenAt - long.sentAt,
    ];
  },
};

/** The longest time between two pieces of which at least one came between `from` and `to`. */
function longestGap(pieces: readonly number[], from: number, to: number): number {
  let longest = 0;
  for (const [index, at] of pieces.entries()) {
    const before = pieces[index - 1];
    if (before !== undefined && at > from && before < to) longest = Math.max(longest, at - before);
  }
  return longest;
}

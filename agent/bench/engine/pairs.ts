import { crc32 } from 'node:zlib';
import { percentile } from '../statistics.ts';
import { ask } from './client/request.ts';
import { ratioOf, type Measure, type Row } from './measures/measure.ts';
import { text } from './prompts.ts';
import { Random } from './random.ts';
import type { Server } from './servers/server.ts';

/** One line of the table, measured. */
export interface Comparison {
  readonly row: Row;
  readonly ours: number;
  readonly theirs: number;
  /** The median of the rounds' ratios, not the ratio of the medians: each pair saw the same machine. */
  readonly ratio: number;
  /** All rounds' ratios, the least first: how far they lie apart tells how quiet the machine was. */
  readonly ratios: readonly number[];
}

/**
 * Does the same with one server and then with the other, again and again. They never work at the same time, and
 * who begins changes, so that neither always meets the machine as the other left it.
 */
export async function compare(
  measure: Measure,
  ours: Server,
  theirs: Server,
  rounds: number,
): Promise<readonly Comparison[]> {
  const pairs: { ours: readonly number[]; theirs: readonly number[] }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const values = { ours: [] as readonly number[], theirs: [] as readonly number[] };
    const order = round % 2 === 0 ? [ours, theirs] : [theirs, ours];
    for (const server of order)
      values[server.name] = await measure.run(server, new Random(seedOf(measure.name, round)));
    pairs.push(values);
  }
  return measure.rows.map((row, index) => {
    const of = (values: readonly number[]) => values[index] ?? Number.NaN;
    const ratios = pairs.map((pair) => ratioOf(row, of(pair.ours), of(pair.theirs)));
    return {
      row,
      ours: median(pairs.map((pair) => of(pair.ours))),
      theirs: median(pairs.map((pair) => of(pair.theirs))),
      ratio: median(ratios),
      ratios: ratios.toSorted((a, b) => a - b),
    };
  });
}

/** Of its own for each measure and round: a prompt that an earlier measure left in a cache would be read for nothing. */
function seedOf(name: string, round: number): number {
  return crc32(`${name} ${round}`);
}

/** The first requests are slower than any after them: memory is touched, code is compiled. */
export async function warmUp(server: Server): Promise<void> {
  const random = new Random(0);
  await ask(server, { prompt: text(random, 512), maxTokens: 64 }).answer;
  await ask(server, { prompt: [{ role: 'user', content: text(random, 16) }], maxTokens: 64 }).answer;
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

import { measures } from './measures/index.ts';
import type { Measure } from './measures/measure.ts';
import type { ModelSize } from './models/shape.ts';
import { syntheticModel } from './models/write.ts';
import { parseOptions, type Options } from './options.ts';
import { compare, warmUp, type Comparison } from './pairs.ts';
import { buildPeer } from './peer/build.ts';
import { startOurs } from './servers/ours.ts';
import type { Layout } from './servers/server.ts';
import { startTheirs } from './servers/theirs.ts';
import { isReached, printComparisons } from './table.ts';

/** What is under way goes to stderr; stdout has the tables alone. */
function say(what: string): void {
  process.stderr.write(`${what}\n`);
}

async function compareModel(size: ModelSize, options: Options, peer: string): Promise<Comparison[]> {
  const model = await syntheticModel(size, say);
  const chosen = measures.filter(({ name, rounds }) => options.only.includes(name) && rounds[size] > 0);
  const comparisons: Comparison[] = [];
  for (const group of byLayout(chosen)) {
    const [{ layout }] = group;
    await using ours = await startOurs({ model, ...layout });
    await using theirs = await startTheirs(peer, { model, ...layout });
    for (const server of [ours, theirs]) await warmUp(server);
    for (const measure of group) {
      say(`${size}: ${measure.name}`);
      comparisons.push(...(await compare(measure, ours, theirs, options.rounds ?? measure.rounds[size])));
    }
  }
  return comparisons;
}

type Group = readonly [Measure, ...Measure[]];

/** Measures that want the model held alike share one start of both servers. */
function byLayout(chosen: readonly Measure[]): readonly Group[] {
  const groups = new Map<Layout, [Measure, ...Measure[]]>();
  for (const measure of chosen) {
    const group = groups.get(measure.layout);
    if (group === undefined) groups.set(measure.layout, [measure]);
    else group.push(measure);
  }
  return [...groups.values()];
}

function printSummary(results: ReadonlyMap<ModelSize, readonly Comparison[]>): void {
  const missed = [...results].flatMap(([size, comparisons]) =>
    comparisons.flatMap((comparison) => {
      const target = comparison.row.target?.[size];
      return target === undefined || isReached(target, comparison) ? [] : [`${size}: ${comparison.row.what}`];
    }),
  );
  const line = missed.length === 0 ? 'Every target was reached.' : `Not reached: ${missed.join('; ')}.`;
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const peer = await buildPeer(say);
  const startedAt = performance.now();
  const results = new Map<ModelSize, readonly Comparison[]>();
  for (const size of options.models) {
    const comparisons = await compareModel(size, options, peer);
    results.set(size, comparisons);
    printComparisons(size, comparisons);
    process.stdout.write('\n');
  }
  printSummary(results);
  say(
    `${Math.round((performance.now() - startedAt) / 1_000)} s, one thread each, medians of interleaved pairs`,
  );
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

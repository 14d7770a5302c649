import { parseArgs } from 'node:util';
import { openTarget, sendExamples, sendMutated, type Outcome } from './run.ts';

const sideBySide = 6;

/**
 * Sends thousands of mutated requests to a real agent and counts what became of them. Ends with 1 where one of them
 * was answered as none must be. `--from` and `--count` choose which; the same number is always the same request.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { from: { type: 'string', default: '1' }, count: { type: 'string', default: '5000' } },
  });
  await using target = await openTarget();
  const before = await sendExamples(target);
  let next = Number(values.from);
  const end = next + Number(values.count);
  const outcomes: Outcome[] = [];
  const work = async () => {
    while (next < end) {
      next += 1;
      const outcome = await sendMutated(target, next - 1);
      outcomes.push(outcome);
      if (outcome.problem !== null) report(outcome);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  const after = await sendExamples(target);

  printTable(outcomes);
  const bad = [...before, ...outcomes, ...after].filter(({ problem }) => problem !== null);
  for (const outcome of [...before, ...after]) if (outcome.problem !== null) report(outcome);
  const words = target.agent.stderr();
  if (words !== '') console.log(`\nThe agent wrote:\n${words.slice(0, 4_000)}`);
  console.log(`\n${outcomes.length} mutated requests, ${bad.length} answered as none must be.`);
  return bad.length === 0 ? 0 : 1;
}

function report({ number, example, kind, problem, sent }: Outcome): void {
  console.log(`${number} ${example.path}, ${kind}: ${problem}\n    ${sent}`);
}

/** What was changed, against what the client was told. */
function printTable(outcomes: readonly Outcome[]): void {
  const verdictOf = ({ reply }: Outcome) => (reply.kind === 'answer' ? String(reply.status) : reply.kind);
  const columns = [...new Set(outcomes.map(verdictOf))].toSorted();
  const groups = [
    ['endpoint', Map.groupBy(outcomes, ({ example }) => example.path)],
    ['mutation', Map.groupBy(outcomes, ({ kind }) => kind)],
  ] as const;
  for (const [heading, rows] of groups) {
    console.log(`\n${heading.padEnd(28)}${columns.map((column) => column.padStart(8)).join('')}`);
    for (const [name, ofRow] of [...rows].toSorted(([a], [b]) => a.localeCompare(b))) {
      const counts = columns.map((column) => ofRow.filter((outcome) => verdictOf(outcome) === column).length);
      console.log(name.padEnd(28) + counts.map((count) => String(count || '·').padStart(8)).join(''));
    }
  }
}

process.exitCode = await main();

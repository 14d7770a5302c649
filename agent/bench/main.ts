import { startAgentProcess, temporaryFolder, waitFor, type AgentProcess } from '@impetus/test-kit';
import { fileURLToPath } from 'node:url';
import { percentile, printTable, type Row } from './statistics.ts';
import { timeStream } from './streams.ts';

const loopDelay = fileURLToPath(new URL('loop-delay.ts', import.meta.url));
const starts = 5;
const tokens = 128;

interface Status {
  readonly memory: { readonly agentResidentBytes: number; readonly runnersResidentBytes: number };
}

/** Starts agents on a folder that was used before, and times them up to listening and to the first text. */
async function measureStart(home: string): Promise<{ ready: number[]; answer: number[] }> {
  const ready: number[] = [];
  const answer: number[] = [];
  for (let round = 0; round < starts; round += 1) {
    const startedAt = performance.now();
    await using agent = await startAgentProcess({ home });
    ready.push(performance.now() - startedAt);
    const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Bench');
    const { firstTextMs } = await timeStream(agent.url, key, 8, round);
    answer.push((ready.at(-1) ?? 0) + firstTextMs);
  }
  return { ready, answer };
}

async function measureLatency(agent: AgentProcess, key: string, streams: number, rounds: number) {
  const added: number[] = [];
  let written = 0;
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    const timings = await Promise.all(
      Array.from({ length: streams }, (_, index) =>
        timeStream(agent.url, key, tokens, round * streams + index),
      ),
    );
    added.push(...timings.map(({ totalMs, runnerMs }) => totalMs - runnerMs));
    written += timings.reduce((sum, timing) => sum + timing.tokens, 0);
  }
  return { added, rate: (written / (performance.now() - startedAt)) * 1_000 };
}

async function measureLoopDelay(agent: AgentProcess): Promise<{ p50: number; p99: number }> {
  const before = agent.stderr().length;
  agent.kill('SIGUSR2');
  const line = await waitFor('the event loop delay', () =>
    /\{"loopDelay".*\}/u.exec(agent.stderr().slice(before)),
  );
  return (JSON.parse(line[0]) as { loopDelay: { p50: number; p99: number } }).loopDelay;
}

const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
const megabytes = (value: number) => `${(value / 1e6).toFixed(0)} MB`;

async function main(): Promise<void> {
  const rows: Row[] = [];
  const row = (what: string, measured: string, budget = '') => rows.push({ what, measured, budget });
  await using home = await temporaryFolder();

  // The first start makes the sample model; users meet it once.
  const firstAt = performance.now();
  await (await startAgentProcess({ home: home.path, firstStart: true }))[Symbol.asyncDispose]();
  row('first start and stop, sample model made', milliseconds(performance.now() - firstAt));

  const { ready, answer } = await measureStart(home.path);
  row('start to ready, median', milliseconds(percentile(ready, 0.5)), 'under 1 s');
  row('start to first text of an answer, median', milliseconds(percentile(answer, 0.5)));

  const env = { NODE_OPTIONS: `--import=${loopDelay}`, IMPETUS_SEQUENCES: '8' };
  await using agent = await startAgentProcess({ home: home.path, env });
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Bench');
  const idle = await agent.cli<Status>('status');
  row('agent resident, no model', megabytes(idle.memory.agentResidentBytes), 'under 120 MB');
  await agent.cli('models', 'load', 'impetus-sample');
  await timeStream(agent.url, key, 8, 0);
  const loaded = await agent.cli<Status>('status');
  row('agent resident, sample loaded', megabytes(loaded.memory.agentResidentBytes));
  row('runner resident, sample loaded', megabytes(loaded.memory.runnersResidentBytes));

  for (const [streams, rounds] of [
    [1, 60],
    [8, 15],
  ] as const) {
    await measureLatency(agent, key, streams, 2);
    await measureLoopDelay(agent);
    const { added, rate } = await measureLatency(agent, key, streams, rounds);
    const delay = await measureLoopDelay(agent);
    const name = streams === 1 ? '1 stream' : `${streams} streams`;
    row(`${name}: added to the runner's own time, p50`, milliseconds(percentile(added, 0.5)));
    row(`${name}: added to the runner's own time, p99`, milliseconds(percentile(added, 0.99)));
    row(`${name}: tokens per second, all together`, rate.toFixed(0));
    row(
      `${name}: event loop delay of the agent, p99`,
      milliseconds(delay.p99),
      streams === 8 ? 'under 20 ms' : '',
    );
  }
  printTable('agent', rows);
}

await main();

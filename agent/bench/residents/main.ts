import { startAgentProcess, temporaryFolder, type AgentProcess } from '@impetus/test-kit';
import { mkdir, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ask } from '../engine/client/request.ts';
import { printColumns } from '../engine/columns.ts';
import type { ModelSize } from '../engine/models/shape.ts';
import { syntheticModel } from '../engine/models/write.ts';
import type { Server } from '../engine/servers/server.ts';
import { systemAvailable } from './available.ts';

/** Several models in one agent: side by side, one making room for another, and the memory that comes back. */
const cycles = 8;
const sizes: readonly ModelSize[] = ['15m', '135m', '0.5b'];

interface Plan {
  readonly verdict: string;
  readonly evicts: readonly string[];
  readonly estimate: { readonly totalBytes: number };
}

interface Status {
  readonly memory: { readonly agentResidentBytes: number; readonly runnersResidentBytes: number };
  readonly runners: readonly { readonly modelId: string; readonly state: string; readonly active: number }[];
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const idOf = (size: ModelSize) => `synthetic-${size}-q8_0`;

async function loadedIn(agent: AgentProcess): Promise<string> {
  const { runners } = await agent.cli<Status>('status');
  return runners
    .filter(({ state }) => state === 'ready')
    .map(({ modelId, active }) => `${modelId}${active > 0 ? ' (busy)' : ''}`)
    .join(', ');
}

/** Room for the two larger ones and not for the smallest beside them. */
async function limitFor(agent: AgentProcess): Promise<number> {
  const plans = await Promise.all(
    sizes.map((size) => agent.cli<{ plan: Plan }>('models', 'show', idOf(size))),
  );
  const [small = 0, middle = 0, large = 0] = plans.map(({ plan }) => plan.estimate.totalBytes);
  return Math.round(middle + large + small / 2);
}

async function sideBySide(agent: AgentProcess, server: (size: ModelSize) => Server): Promise<string[][]> {
  const two = ['15m', '135m'] as const;
  for (const size of two) await agent.cli('models', 'load', idOf(size));
  const streams = two.map((size) => ask(server(size), { prompt: ' abc def', maxTokens: 128 }));
  const answers = await Promise.all(streams.map(({ answer }) => answer));
  const [first, second] = answers.map(({ pieces }) => [pieces[0] ?? 0, pieces.at(-1) ?? 0] as const);
  const overlap = first !== undefined && second !== undefined && first[0] < second[1] && second[0] < first[1];
  return [
    ['two models answer', answers.map(({ timings }) => `${timings?.predicted_n} tokens`).join(' and ')],
    ['at once', overlap ? 'yes, their streams overlap' : 'NO'],
    ['loaded', await loadedIn(agent)],
  ];
}

async function makingRoom(agent: AgentProcess, server: (size: ModelSize) => Server): Promise<string[][]> {
  const busy = ask(server('135m'), { prompt: ' abc def', maxTokens: 1_500 });
  const plan = await agent.cli<{ plan: Plan }>('models', 'show', idOf('0.5b'));
  const { timings } = await ask(server('0.5b'), { prompt: ' abc def', maxTokens: 8 }).answer;
  const piecesThen = busy.count();
  const loaded = await loadedIn(agent);
  busy.leave();
  await busy.answer;
  return [
    [
      'a third one asked while the second is busy: the plan',
      `${plan.plan.verdict} ${plan.plan.evicts.join(', ')}`,
    ],
    ['the third answers', `${timings?.predicted_n} tokens`],
    ['the busy one went on', `${piecesThen} pieces by then`],
    ['loaded', loaded],
  ];
}

async function comingBack(agent: AgentProcess): Promise<string[][]> {
  const id = idOf('135m');
  const lines = [['cycle', 'loaded: runners', 'unloaded: runners', 'agent', 'system available']];
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    await agent.cli('models', 'load', id);
    const loaded = await agent.cli<Status>('status');
    await agent.cli('models', 'unload', '--all');
    const { memory } = await agent.cli<Status>('status');
    lines.push([
      String(cycle),
      megabytes(loaded.memory.runnersResidentBytes),
      megabytes(memory.runnersResidentBytes),
      megabytes(memory.agentResidentBytes),
      megabytes(await systemAvailable()),
    ]);
  }
  return lines;
}

/** The models in one folder, without a copy of their bytes. */
async function modelsFolder(home: string): Promise<string> {
  const folder = join(home, 'models');
  await mkdir(folder);
  for (const size of sizes) {
    const { path } = await syntheticModel(size, (what) => process.stderr.write(`${what}\n`));
    await symlink(path, join(folder, basename(path)));
  }
  return folder;
}

async function main(): Promise<void> {
  await using home = await temporaryFolder();
  await using agent = await startAgentProcess({
    home: home.path,
    models: await modelsFolder(home.path),
    env: { IMPETUS_SEQUENCES: '2', IMPETUS_CONTEXT_SIZE: '2048', IMPETUS_THREADS: '1' },
  });
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Bench');
  const server = (size: ModelSize): Server => ({
    name: 'ours',
    port: Number(new URL(agent.url).port),
    model: idOf(size),
    key,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
  const limit = await limitFor(agent);
  await agent.cli('settings', 'set', `memoryLimitBytes=${limit}`);
  printColumns([['memory limit for models', megabytes(limit)]], new Set());
  printColumns(await sideBySide(agent, server), new Set());
  printColumns(await makingRoom(agent, server), new Set());
  await agent.cli('models', 'unload', '--all', '--now');
  process.stdout.write('\n');
  printColumns(await comingBack(agent), new Set([0, 1, 2, 3, 4]));
}

await main();

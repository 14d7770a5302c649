import { startAgentProcess, temporaryFolder, waitFor, type AgentProcess } from '@impetus/test-kit';
import { printColumns } from '../engine/columns.ts';
import { Random } from '../engine/random.ts';
import { send, type Ended, type Outcome, type Target } from './client.ts';
import { draw, kinds, type Kind } from './requests.ts';

/** A day of a busy house, compressed: mixed requests from a dozen clients while the runner keeps dying. */
const requests = 200;
const clients = 12;
const killEvery = 20;
const contextSize = 2_048;
const sequences = 4;
const model = 'impetus-sample';

interface Runner {
  readonly modelId: string;
  readonly state: string;
  readonly pid: number | null;
  readonly active: number;
  readonly queued: number;
  readonly residentBytes: number | null;
}

interface Status {
  readonly memory: { readonly agentResidentBytes: number };
  readonly runners: readonly Runner[];
}

interface Judged extends Ended {
  readonly kind: Kind;
}

async function statusOf(agent: AgentProcess): Promise<{ agentBytes: number; runner: Runner | undefined }> {
  const { memory, runners } = await agent.cli<Status>('status');
  return {
    agentBytes: memory.agentResidentBytes,
    runner: runners.find(({ modelId, state }) => modelId === model && state === 'ready'),
  };
}

/** Twelve clients share the requests; each sends its next one when the last has ended. */
async function soak(agent: AgentProcess, target: Target, random: Random) {
  const ended: Judged[] = [];
  let sent = 0;
  const killed = new Set<number>();

  async function killRunner(): Promise<void> {
    // The agent may not have noticed yet that an earlier one is gone.
    const pid = await waitFor('a runner to kill', async () => {
      const { runner } = await statusOf(agent);
      return runner?.pid != null && !killed.has(runner.pid) && runner.pid;
    });
    killed.add(pid);
    process.kill(pid, 'SIGKILL');
  }

  async function client(): Promise<void> {
    while (sent < requests) {
      sent += 1;
      // Not at the very end: whether the last runner lets go of everything is to be seen.
      const due = sent % killEvery === killEvery / 2;
      const { kind, body, leaveWhen } = draw(random, model, contextSize);
      const answer = send(target, body, leaveWhen);
      if (due) await killRunner();
      ended.push({ kind, ...(await answer) });
    }
  }

  await Promise.all(Array.from({ length: clients }, client));
  return { ended, kills: killed.size };
}

/** As many long answers at once as there are sequences: all start only if none is held by a request that is gone. */
async function allSequencesAnswer(target: Target): Promise<boolean> {
  const body = {
    model,
    stream: true,
    max_tokens: 64,
    ignore_eos: true,
    messages: [{ role: 'user', content: 'Once' }],
  };
  const answers = await Promise.all(Array.from({ length: sequences }, () => send(target, body, null)));
  return answers.every(({ outcome }) => outcome === 'answered');
}

const outcomes: readonly Outcome[] = [
  'answered',
  'refused in form',
  'failed in form',
  'failed in form, mid-stream',
  'client left',
  'ended without form',
  'hung',
];

function printOutcomes(ended: readonly Judged[]): void {
  const count = (kind: Kind, outcome: Outcome) =>
    ended.filter((request) => request.kind === kind && request.outcome === outcome).length;
  const lines = kinds.map(({ name }) => [name, ...outcomes.map((outcome) => String(count(name, outcome)))]);
  const totals = outcomes.map((outcome) =>
    String(ended.filter((request) => request.outcome === outcome).length),
  );
  const table = [['requests', ...outcomes], ...lines, ['all', ...totals]];
  printColumns(table, new Set(outcomes.map((_, index) => index + 1)));
}

const megabytes = (bytes: number | null | undefined) => `${((bytes ?? Number.NaN) / 1e6).toFixed(0)} MB`;

async function main(): Promise<void> {
  const startedAt = performance.now();
  await using home = await temporaryFolder();
  await using agent = await startAgentProcess({
    home: home.path,
    env: { IMPETUS_SEQUENCES: String(sequences), IMPETUS_CONTEXT_SIZE: String(contextSize) },
  });
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Soak');
  const target = { url: agent.url, key };
  await soakOnce(agent, target, 1);
  await agent.cli('models', 'load', model);
  const before = await statusOf(agent);
  const { ended, kills } = await soakOnce(agent, target, 2);
  const idle = await waitFor('the runner to be idle', async () => {
    const status = await statusOf(agent);
    return status.runner?.active === 0 && status.runner.queued === 0 ? status : null;
  });
  const free = await allSequencesAnswer(target);
  const after = await statusOf(agent);

  printOutcomes(ended);
  process.stdout.write('\n');
  printColumns(
    [
      ['requests, clients, runners killed', `${ended.length}, ${clients}, ${kills}`],
      ['requests that the runner still holds', String(idle.runner?.active)],
      [`${sequences} long answers at once afterwards`, free ? 'all answered' : 'NOT all answered'],
      ['agent resident, before and after', `${megabytes(before.agentBytes)}, ${megabytes(after.agentBytes)}`],
      [
        'runner resident, before and after',
        `${megabytes(before.runner?.residentBytes)}, ${megabytes(after.runner?.residentBytes)}`,
      ],
      ['time', `${((performance.now() - startedAt) / 1_000).toFixed(0)} s`],
    ],
    new Set([1]),
  );
  for (const { kind, outcome, detail } of ended) {
    if (detail !== '') process.stdout.write(`${kind}: ${outcome}: ${detail}\n`);
  }
  const wrong = ended.some(({ outcome }) => outcome === 'ended without form' || outcome === 'hung');
  if (wrong || !free || ended.length !== requests) process.exitCode = 1;
}

/** The first time warms everything up, so that the second tells whether memory grows. */
async function soakOnce(agent: AgentProcess, target: Target, seed: number) {
  await agent.cli('models', 'load', model);
  return soak(agent, target, new Random(seed));
}

await main();

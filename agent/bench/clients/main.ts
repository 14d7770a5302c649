import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { findTool, type RequestRecord } from '@impetus/contracts';
import { cacheFolder } from '../engine/cache.ts';
import { startForClients, contextSize, type AgentForClients } from './agent.ts';
import { install } from './install.ts';
import { programs, type Program } from './programs.ts';
import { recordRequests, type SeenRequest } from './recorder.ts';
import { printReport, type Report } from './report.ts';
import { ScriptedInference } from './scripted.ts';
import { authorityFile, takeTurn } from './turn.ts';

const question = 'Hello! What are you?';
const note = 'The secret is pineapple.';

const usage = `Usage: npm run clients -- [--only <tool>,…] [--tools] [--update] [--keep <folder>]
Tools: ${programs.map(({ tool }) => tool).join(', ')}
--tools has each program read a file: a script stands in the model’s place, since the sample calls no tools.
--update installs the newest versions; --keep leaves every request and answer in a folder.`;

function say(what: string): void {
  process.stderr.write(`${what}\n`);
}

function chosenPrograms(only: string | undefined): readonly Program[] {
  if (only === undefined) return programs;
  const wanted = only.split(',');
  const stranger = wanted.find((name) => programs.every(({ tool }) => tool !== name));
  if (stranger !== undefined) throw new Error(`--only does not know "${stranger}".\n${usage}`);
  return programs.filter(({ tool }) => wanted.includes(tool));
}

interface RunOptions {
  readonly agent: AgentForClients;
  readonly seen: readonly SeenRequest[];
  readonly folder: string;
  readonly binaries: string;
  readonly scripted: ScriptedInference | null;
  readonly version: string;
}

async function run(
  program: Program,
  { agent, seen, folder, binaries, scripted, version }: RunOptions,
): Promise<Report> {
  const name = findTool(program.tool)?.name ?? program.tool;
  const target = {
    origin: agent.origin,
    authority: authorityFile,
    key: await agent.createKey(name),
    model: { id: agent.modelId, name: 'Sample with a long context', contextSize, thinks: false },
  };
  const own = join(folder, program.tool);
  const file = join(own, 'project', 'note.txt');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${note}\n`);
  if (program.reads !== null) scripted?.expect(program.reads, file);
  const turn = await takeTurn(program, {
    target,
    authority: agent.authority,
    hosts: agent.hosts,
    folder: own,
    binaries,
    question: scripted === null ? question : 'What does note.txt say?',
  });
  const requests = seen.filter(({ by }) => by === name);
  const records = (await agent.requests()).filter(({ requesterName }) => requesterName === name);
  await keep(own, { turn, requests, records });
  const brought = scripted === null ? null : scripted.brought?.includes(note) === true;
  return { name, version, turn, requests, records: records.toReversed(), brought };
}

async function keep(
  folder: string,
  { turn, requests, records }: Pick<Report, 'turn' | 'requests'> & { records: readonly RequestRecord[] },
): Promise<void> {
  await writeFile(join(folder, 'stdout.txt'), turn.stdout);
  await writeFile(join(folder, 'stderr.txt'), turn.stderr);
  await writeFile(join(folder, 'requests.json'), JSON.stringify({ requests, records }, null, 2));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      tools: { type: 'boolean' },
      update: { type: 'boolean' },
      keep: { type: 'string' },
    },
  });
  const scripted = values.tools === true ? new ScriptedInference() : null;
  const chosen = chosenPrograms(values.only).filter(({ reads }) => scripted === null || reads !== null);
  say('installing what is missing');
  const { binaries, versionOf } = install(await cacheFolder('clients'), chosen, values.update === true);
  const folder = values.keep ?? (await mkdtemp(join(tmpdir(), 'impetus-clients-')));
  using recorder = recordRequests();
  const reports: Report[] = [];
  {
    await using agent = await startForClients(folder, scripted);
    say(`the agent answers at ${agent.origin}`);
    for (const program of chosen) {
      say(program.tool);
      const version = versionOf(program);
      reports.push(await run(program, { agent, seen: recorder.seen, folder, binaries, scripted, version }));
    }
  }
  printReport(reports);
  if (values.keep === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  if (reports.some(({ turn, brought }) => turn.code !== 0 || brought === false)) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startAgentProcess, temporaryFolder } from '@impetus/test-kit';
import { percentile } from '../statistics.ts';
import { printKills } from './kills.ts';
import { loopback, shapedLink, type Link } from './link/link.ts';
import { childrenSeconds } from './processor.ts';
import { restMs } from './rest.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '512' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'loopback,shaped,kills' },
  },
});
const size = Number(values.size) * 1024 * 1024;
const rounds = Number(values.rounds);
const only = new Set(values.only.split(','));

const scriptOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

interface Served {
  readonly endpoint: string;
  readonly url: string;
  readonly sha256: string;
}

interface Theirs {
  /** curl alone, then with the sha256sum after it. */
  readonly plain: number;
  readonly hashed: number;
  /** Of both. */
  readonly processor: number;
}

interface Line {
  readonly ours: Ours;
  readonly theirs: Theirs;
  readonly aria: number;
}

interface Ours {
  readonly seconds: number;
  readonly processor: number;
  readonly idleBytes: number;
  readonly peakBytes: number;
  readonly connections: number;
}

await warmUp();
if (only.has('loopback')) await compare(loopback(), size);
if (only.has('shaped')) {
  const link = await shapedLink();
  if (typeof link === 'string') console.log(`\nThe shaped link is skipped: it ${link}.`);
  else await compare(link, size);
}
if (only.has('kills')) await printKills();

/** After the first start the compiled code is kept, and what strips types needs no memory in the starts that count. */
async function warmUp(): Promise<void> {
  await using folder = await temporaryFolder();
  await using _agent = await startAgentProcess({ home: folder.path });
}

/** Ours, curl and aria2c in turn, so that whatever the machine does meets all of them. */
async function compare(link: Link, bytes: number): Promise<void> {
  await using _link = link;
  console.log(`\n${link.name}, ${bytes / 1024 / 1024} MiB, ${rounds} rounds`);
  const [program, ...before] = [...link.atServer, process.execPath];
  const server = spawn(program, [...before, scriptOf('server.ts'), String(bytes), link.host], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
    const served = JSON.parse(line) as Served;
    const curl = has('curl');
    const aria = has('aria2c');
    const lines: Line[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const ours = JSON.parse(
        await output(link, [process.execPath, scriptOf('ours.ts'), served.endpoint]),
      ) as Ours;
      const theirs = curl ? await timeCurl(link, served) : { plain: NaN, hashed: NaN, processor: NaN };
      lines.push({ ours, theirs, aria: aria ? await timeAria(link, served) : NaN });
    }
    report(lines, link, { curl, aria });
  } finally {
    server.kill();
    await once(server, 'close');
  }
}

/** After the same rest that ours has, so that all begin on the same machine. */
async function timeCurl(link: Link, { url, sha256 }: Served): Promise<Theirs> {
  await using folder = await temporaryFolder();
  await sleep(restMs);
  const file = `${folder.path}/file`;
  const processorBefore = childrenSeconds(process.pid);
  const began = performance.now();
  await output(link, ['curl', '-sSL', '-o', file, url]);
  const fetched = performance.now();
  const digest = await output(link, ['sha256sum', file]);
  if (!digest.startsWith(sha256)) throw new Error('curl brought another file.');
  return {
    plain: (fetched - began) / 1000,
    hashed: (performance.now() - began) / 1000,
    processor: childrenSeconds(process.pid) - processorBefore,
  };
}

async function timeAria(link: Link, { url, sha256 }: Served): Promise<number> {
  await using folder = await temporaryFolder();
  await sleep(restMs);
  const began = performance.now();
  await output(link, [
    'aria2c',
    '-q',
    '-x8',
    '-s8',
    '--file-allocation=none',
    `--checksum=sha-256=${sha256}`,
    '-d',
    folder.path,
    '-o',
    'file',
    url,
  ]);
  return (performance.now() - began) / 1000;
}

function report(
  lines: readonly Line[],
  link: Link,
  there: { readonly curl: boolean; readonly aria: boolean },
): void {
  const median = (numbers: readonly number[]) => percentile(numbers, 0.5);
  const ours = median(lines.map((line) => line.ours.seconds));
  const shaped = link.atClient.length > 0;
  const row = (name: string, seconds: number, ratio: number | null, target = '') =>
    console.log(
      `  ${name.padEnd(26)}${`${seconds.toFixed(2)} s`.padStart(9)}${(ratio === null ? '' : ratio.toFixed(2)).padStart(8)}  ${target}`,
    );
  console.log(`  ${''.padEnd(26)}${'median'.padStart(9)}${'ours ÷'.padStart(8)}`);
  row('ours, with its SHA-256', ours, null);
  if (there.curl) {
    const plain = median(lines.map((line) => line.ours.seconds / line.theirs.plain));
    const hashed = median(lines.map((line) => line.ours.seconds / line.theirs.hashed));
    row('curl', median(lines.map((line) => line.theirs.plain)), plain, shaped ? 'target at most 1.00' : '');
    row(
      'curl, then sha256sum',
      median(lines.map((line) => line.theirs.hashed)),
      hashed,
      shaped ? '' : 'target at most 1.10',
    );
  } else console.log('  curl is missing (apt-get install curl).');
  if (there.aria)
    row(
      'aria2c -x8, with SHA-256',
      median(lines.map((line) => line.aria)),
      median(lines.map((line) => line.ours.seconds / line.aria)),
    );
  else console.log('  aria2c is missing (apt-get install aria2).');
  const busy = median(lines.map((line) => line.ours.processor));
  const theirs = median(lines.map((line) => line.theirs.processor));
  console.log(
    `  processor time              ${busy.toFixed(2)} s, all threads of the agent; curl and sha256sum ${theirs.toFixed(2)} s`,
  );
  const idle = median(lines.map((line) => line.ours.idleBytes)) / 1e6;
  const peak = Math.max(...lines.map((line) => line.ours.peakBytes)) / 1e6;
  const connections = Math.max(...lines.map((line) => line.ours.connections));
  console.log(
    `  most memory of the agent    ${peak.toFixed(0)} MB (target below 150 MB; idle ${idle.toFixed(0)} MB), up to ${connections} connections`,
  );
}

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function output({ atClient }: Link, command: readonly string[]): Promise<string> {
  const [program = '', ...args] = [...atClient, ...command];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}.`);
  return text;
}

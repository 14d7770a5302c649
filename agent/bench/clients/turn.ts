import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findTool, type ToolTarget } from '@impetus/contracts';
import type { Program } from './programs.ts';

export const authorityFile = 'impetus-authority.pem';
const patienceMs = 300_000;

export interface TurnOptions {
  readonly target: ToolTarget;
  /** The authority’s certificate, PEM. */
  readonly authority: string;
  /** A folder of this turn’s own. */
  readonly folder: string;
  readonly binaries: string;
  readonly question: string;
  /** What the program finds in place of /etc/hosts; null: what is there. */
  readonly hosts: string | null;
}

export interface Turn {
  /** Null where it was ended because it took too long. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** Takes the page’s steps in an empty home folder, and has the program answer one question there. */
export async function takeTurn(program: Program, options: TurnOptions): Promise<Turn> {
  const { folder, target, authority, binaries, question, hosts } = options;
  const home = join(folder, 'home');
  const project = join(folder, 'project');
  await mkdir(home, { recursive: true });
  await mkdir(project, { recursive: true });
  await writeFile(join(home, authorityFile), authority);
  const shell = await takeSteps(program, target, home);
  const startedAt = performance.now();
  const command = [
    'sh',
    '-c',
    `set -e\n${shell}\nexec "$@"`,
    'sh',
    program.binary,
    ...program.turn(question),
  ];
  const [file = '', ...args] = hosts === null ? command : withHosts(hosts, command);
  const child = spawn(file, args, {
    cwd: project,
    // The programs’ own children end with them.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      HOME: home,
      PATH: `${binaries}:${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      TMPDIR: folder,
      NO_COLOR: '1',
      CI: '1',
      ...program.quiet,
    },
  });
  const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), patienceMs);
  const [stdout, stderr, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  clearTimeout(timer);
  return { code, stdout, stderr, ms: Math.round(performance.now() - startedAt) };
}

/** Writes the files, and answers what is to be typed in a terminal. */
async function takeSteps(program: Program, target: ToolTarget, home: string): Promise<string> {
  const { steps: kinds = ['file', 'terminal'] } = program;
  const lines: string[] = [];
  for (const step of findTool(program.tool)?.steps(target) ?? []) {
    if (step.kind === 'terminal' && kinds.includes('terminal')) lines.push(step.text);
    if (step.kind !== 'file' || !kinds.includes('file')) continue;
    const path = step.path.replace(/^~/u, home);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, step.text);
  }
  return lines.join('\n');
}

/** The same in a place of its own in which another file of hosts is found. */
function withHosts(hosts: string, command: readonly string[]): readonly string[] {
  const script = 'mount --bind "$1" /etc/hosts && shift && exec "$@"';
  return ['unshare', '--mount', 'sh', '-c', script, 'sh', hosts, ...command];
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const part of stream) text += String(part);
  return text;
}

import { once } from 'node:events';
import { signInAsOwner, type SignedInBrowser } from './owner.ts';
import { runCommand, type CliResult } from './run-command.ts';
import { lendSample } from './sample-cache.ts';
import { spawnImpetus, type ImpetusProcess } from './spawn-impetus.ts';

/** How long an agent may take to be ready, or to leave when asked, on a busy machine. */
const patienceMs = 30_000;

export interface AgentProcessOptions {
  readonly home: string;
  /** The models folder; without it, an empty one in the data folder. */
  readonly models?: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
  /** Without it the owner's account is made, and a browser signed in, before the agent is handed out. */
  readonly withoutOwner?: boolean;
  /** Where a first start is the matter, the agent makes its sample model itself. */
  readonly firstStart?: boolean;
}

/** A real agent in a process of its own, as users run it. */
export interface AgentProcess extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly home: string;
  readonly pid: number;
  /** The owner's browser that is signed in; null where there is no owner. */
  readonly browser: SignedInBrowser | null;
  /** With which the owner's account is made, where there is none yet. */
  readonly setup: { readonly code: string; readonly url: string } | null;
  /** Resolves with the exit code once the process is gone; null after a signal. */
  readonly exited: Promise<number | null>;
  /** What it wrote to stderr so far. */
  stderr(): string;
  kill(signal: NodeJS.Signals): void;
  /** Runs a command against this agent, without a process of its own. */
  command(...args: string[]): Promise<CliResult>;
  /** The same with `--json`, its answer parsed. Throws when it fails. */
  cli<T = unknown>(...args: string[]): Promise<T>;
}

/** What an agent prints when it is ready. */
interface ReadyLine {
  readonly http: string;
  readonly setup: { readonly code: string; readonly url: string } | null;
}

/** Starts an agent on a free port and waits until it is ready. */
export async function startAgentProcess(options: AgentProcessOptions): Promise<AgentProcess> {
  const env = agentEnvironment(options);
  if (options.firstStart !== true) await lendSample(options.home);
  await using stack = new AsyncDisposableStack();
  const child = spawnImpetus(['serve', '--json'], env);
  const exited = once(child, 'close').then(([code]) => code as number | null);
  stack.defer(() => stop(child, exited));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ready = await Promise.race([firstLine(child.stdout), exited.then(() => null)]);
  if (ready === null) throw new Error(`The agent ended before it was ready: ${stderr}`);
  const { http, setup } = JSON.parse(ready) as ReadyLine;
  const browser = options.withoutOwner === true ? null : await signInAsOwner(http, setup);
  const disposal = stack.move();

  return {
    url: http,
    home: options.home,
    pid: child.pid ?? 0,
    browser,
    setup,
    exited,
    stderr: () => stderr,
    kill: (signal) => void child.kill(signal),
    command: (...args) => runCommand(env, ...args),
    cli: async <T>(...args: string[]) => {
      const { code, stdout, stderr: problem } = await runCommand(env, ...args, '--json');
      if (code !== 0) throw new Error(`impetus ${args.join(' ')} ended with ${code}: ${problem}`);
      return JSON.parse(stdout) as T;
    },
    [Symbol.asyncDispose]: () => disposal.disposeAsync(),
  };
}

async function stop(child: ImpetusProcess, exited: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await exited;
  clearTimeout(killer);
}

export interface CliOptions extends AgentProcessOptions {
  /** What is piped into it. */
  readonly input?: string;
}

/** Runs `impetus <args>` as a process, for a data folder, whether an agent runs there or not. */
export async function runCli(options: CliOptions, ...args: string[]): Promise<CliResult> {
  const child = spawnImpetus(args, agentEnvironment(options), options.input);
  const [stdout, stderr, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

function agentEnvironment({ home, models, env = {} }: AgentProcessOptions): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    IMPETUS_HOME: home,
    IMPETUS_MODELS: models ?? `${home}/models`,
    IMPETUS_HTTP_PORT: '0',
    // Tests that are about other devices let them in themselves.
    IMPETUS_HTTPS_PORT: '0',
    IMPETUS_LAN: '0',
    IMPETUS_MDNS: '0',
    ...env,
  };
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string | null> {
  let text = '';
  stream.setEncoding('utf8');
  return new Promise((resolve) => {
    stream.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    stream.on('end', () => resolve(null));
  });
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) text += String(chunk);
  return text;
}

import { fork, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { RunnerCommand, RunnerHardware, RunnerMessage } from '@impetus/contracts';

const runnerEntry = fileURLToPath(new URL('../../../runner/main.ts', import.meta.url));

/** How long a runner may take to keep its prompt cache and leave by itself before it is killed. */
const stopGraceMs = 3_500;

/** How long a runner's last words are waited for after its end. */
const lastWordsMs = 500;

/** How much of what a runner wrote to stderr is kept, to explain a crash. In characters. */
const stderrTail = 4_000;

export interface RunnerListener {
  onMessage(message: RunnerMessage): void;
  /** Once, whatever ended it. */
  onExit(exit: RunnerExit): void;
}

/** How a runner ended, and what it said last. */
export interface RunnerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/**
 * One libuv thread: llama.cpp brings its own, and decoding that hops between pool threads is several times slower.
 * And no backtrace from a debugger when llama.cpp gives up: that takes seconds, and its message says enough.
 */
const runnerEnvironment = { UV_THREADPOOL_SIZE: '1', GGML_NO_BACKTRACE: '1' };

/** One child process that holds one model. */
export interface RunnerProcess {
  readonly pid: number | null;
  /** False once it is known to be gone, which is before its exit is told with its last words. */
  readonly alive: boolean;
  send(command: RunnerCommand): void;
  /** Resolves when the process is gone and its memory with it. */
  stop(): Promise<void>;
}

export type SpawnRunner = (listener: RunnerListener) => RunnerProcess;

/** Starts a runner, empty at first. */
export const spawnRunner: SpawnRunner = (listener) => {
  const child = fork(runnerEntry, [], {
    execArgv: [],
    env: { ...inherited(process.env), ...runnerEnvironment },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-stderrTail);
  });
  child.on('message', (message) => listener.onMessage(message as RunnerMessage));
  child.on('error', (error) => {
    // A spawn that fails has no exit; any other error is followed by one.
    if (child.pid === undefined) listener.onExit({ code: null, signal: null, stderr: error.message });
  });
  // Not `close`: after a disconnect from this side it never comes.
  child.on('exit', (code, signal) => {
    void endOf(child.stderr).then(() => listener.onExit({ code, signal, stderr: stderr.trim() }));
  });
  return {
    pid: child.pid ?? null,
    get alive() {
      return child.connected && child.exitCode === null && child.signalCode === null;
    },
    send: (command) => {
      // A runner that has just died takes no message; its exit tells the rest.
      if (child.connected) child.send(command, () => {});
    },
    stop: () => stop(child),
  };
};

/** The same, telling `learn` what the runners find to compute on. */
export function learning(spawn: SpawnRunner, learn: (hardware: RunnerHardware) => void): SpawnRunner {
  return (listener) =>
    spawn({
      onExit: (exit) => listener.onExit(exit),
      onMessage: (message) => {
        if (message.type === 'prepared') learn(message.hardware);
        listener.onMessage(message);
      },
    });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const killer = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
  if (child.connected) child.disconnect();
  await gone;
  clearTimeout(killer);
}

/** Resolves when a stream was read to its end, or when that takes too long to wait for. */
async function endOf(stream: Readable | null): Promise<void> {
  if (stream === null) return;
  await Promise.race([finished(stream).catch(() => {}), delay(lastWordsMs)]);
}

/** The agent's environment without what is none of a runner's business. */
function inherited(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/TOKEN|SECRET|KEY|NODE_OPTIONS/u.test(name)),
  );
}

import type { RunnerCommand, RunnerMessage } from '@impetus/contracts';
import type { RunnerListener, SpawnRunner } from '../runner-process.ts';

/** A runner process without a process: the test says what it does. */
export class FakeRunner {
  readonly pid: number;
  readonly commands: RunnerCommand[] = [];
  readonly #listener: RunnerListener;
  #gone = false;

  constructor(pid: number, listener: RunnerListener) {
    this.pid = pid;
    this.#listener = listener;
  }

  get gone(): boolean {
    return this.#gone;
  }

  say(message: RunnerMessage): void {
    this.#listener.onMessage(message);
  }

  finish(requestId: string): void {
    const event = {
      kind: 'end',
      reason: 'stop',
      usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 1 },
      timings: { prefillMs: 0, decodeMs: 0 },
    } as const;
    this.say({ type: 'events', events: [{ requestId, event }] });
  }

  die(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#listener.onExit({ code: null, signal: 'SIGKILL', stderr: '' });
  }

  /** The commands of one type, in order. */
  heard<T extends RunnerCommand['type']>(type: T): Extract<RunnerCommand, { type: T }>[] {
    return this.commands.filter((command): command is Extract<RunnerCommand, { type: T }> => {
      return command.type === type;
    });
  }
}

export interface FakeRunners {
  /** In the order in which they were started. */
  readonly all: FakeRunner[];
  readonly spawn: SpawnRunner;
}

export function fakeRunners(): FakeRunners {
  const all: FakeRunner[] = [];
  return {
    all,
    spawn: (listener) => {
      const runner = new FakeRunner(all.length + 1, listener);
      all.push(runner);
      return {
        pid: runner.pid,
        get alive() {
          return !runner.gone;
        },
        send: (command) => runner.commands.push(command),
        stop: async () => runner.die(),
      };
    },
  };
}

/** Lets promises settle. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

import { enableCompileCache } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import {
  toImpetusError,
  type RunnerCommand,
  type RunnerMessage,
  type RunnerSettings,
} from '@impetus/contracts';
import { leaveOutBinaryTrial } from './binary-trial.ts';
import type { Library } from './library.ts';
import { steadyProgress } from './progress.ts';
import type { Service } from './service.ts';

enableCompileCache();

/** How often the runner tells how much memory it holds. */
const memoryIntervalMs = 2_000;

/** How long a runner may keep what is worth keeping once the agent has let go of it. */
const closeMs = 2_500;

let library: Promise<Library> | null = null;
/** What the process takes with the library and without a model. */
let emptyBytes = 0;
let service: Service | null = null;

function send(message: RunnerMessage): void {
  // The agent may be gone a moment before that is known; the end of the connection tells the rest.
  if (process.connected) process.send?.(message, () => {});
}

/** The library takes half a second to import and as long to open; both are done once. */
function prepare({ gpu, threads }: Pick<RunnerSettings, 'gpu' | 'threads'>): Promise<Library> {
  library ??= open(gpu, threads);
  return library;
}

async function open(gpu: RunnerSettings['gpu'], threads: number): Promise<Library> {
  // Without a graphics card there is one binary: nothing to choose.
  if (gpu === false) leaveOutBinaryTrial();
  const { openLibrary } = await import('./library.ts');
  const opened = await openLibrary(gpu, threads);
  emptyBytes = process.memoryUsage.rss();
  send({ type: 'prepared', hardware: opened.hardware });
  return opened;
}

async function estimate(command: Extract<RunnerCommand, { type: 'estimate' }>): Promise<void> {
  const { requestId, modelPath, settings } = command;
  try {
    const opened = await prepare(settings);
    const { estimateMemory } = await import('./estimate.ts');
    const answer = await estimateMemory(opened, modelPath, settings, emptyBytes);
    send({ type: 'estimated', requestId, estimate: answer });
  } catch (error) {
    explain(error);
    send({ type: 'estimate-failed', requestId, error: toImpetusError(error).toWire() });
  }
}

async function load(command: Extract<RunnerCommand, { type: 'load' }>): Promise<void> {
  const onProgress = steadyProgress((stage, fraction) => send({ type: 'load-progress', stage, fraction }));
  try {
    onProgress('process', 0);
    const opened = await prepare(command.settings);
    const { loadEngine } = await import('./engine.ts');
    const { createService } = await import('./service.ts');
    onProgress('process', 1);
    const engine = await loadEngine(opened, command, onProgress);
    service = createService(engine, (events) => send({ type: 'events', events }));
    reportMemory();
    setInterval(reportMemory, memoryIntervalMs).unref();
    send({ type: 'loaded', model: engine.facts });
  } catch (error) {
    explain(error);
    send({ type: 'load-failed', error: toImpetusError(error).toWire() });
  }
}

function explain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

function reportMemory(): void {
  send({ type: 'memory', residentBytes: process.memoryUsage.rss() });
}

process.on('message', (command: RunnerCommand) => {
  switch (command.type) {
    case 'prepare':
      // Who asks later hears why; an empty runner without a library is good for nothing else.
      void prepare(command).catch(explain);
      break;
    case 'estimate':
      void estimate(command);
      break;
    case 'load':
      void load(command);
      break;
    default:
      service?.handle(command);
  }
});

// Without the agent there is nobody to serve: a runner never outlives it by long, not even after a kill -9.
process.on('disconnect', () => {
  void Promise.race([service?.close().catch(explain), delay(closeMs)]).then(() => process.exit(0));
});
// The agent decides when a runner ends; Ctrl-C in a terminal reaches the whole process group.
process.on('SIGINT', () => {});

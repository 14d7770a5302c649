import { enableCompileCache } from 'node:module';
import { toImpetusError, type RunnerCommand, type RunnerMessage } from '@impetus/contracts';
import { steadyProgress } from './progress.ts';

enableCompileCache();

/** How often the runner tells how much memory it holds. */
const memoryIntervalMs = 2_000;

function send(message: RunnerMessage): void {
  if (process.connected) process.send?.(message);
}

/** Loads the model and serves until the agent goes away. */
async function load(command: Extract<RunnerCommand, { type: 'load' }>): Promise<void> {
  const onProgress = steadyProgress((stage, fraction) => send({ type: 'load-progress', stage, fraction }));
  try {
    onProgress('process', 0);
    // The library takes half a second to import; the progress above is seen before.
    const { loadEngine } = await import('./engine.ts');
    const { createService } = await import('./service.ts');
    const engine = await loadEngine(command.modelPath, command.settings, onProgress);
    const handle = createService(engine, (events) => send({ type: 'events', events }));
    process.on('message', handle);
    reportMemory();
    setInterval(reportMemory, memoryIntervalMs).unref();
    send({ type: 'loaded', model: engine.facts });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    send({ type: 'load-failed', error: toImpetusError(error).toWire() });
  }
}

function reportMemory(): void {
  send({ type: 'memory', residentBytes: process.memoryUsage.rss() });
}

process.once('message', (command: RunnerCommand) => {
  if (command.type === 'load') void load(command);
});

// Without the agent there is nobody to serve: a runner never outlives it, not even after a kill -9.
process.on('disconnect', () => process.exit(0));
// The agent decides when a runner ends; Ctrl-C in a terminal reaches the whole process group.
process.on('SIGINT', () => {});

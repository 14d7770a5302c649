import { isatty } from 'node:tty';
import { run } from './cli/program.ts';
import { readSecret } from './cli/read-secret.ts';
import type { StopRequest, Terminal } from './cli/terminal.ts';

const lingerMs = 1000;
const sameRequestMs = 500;
const stop = new AbortController();
let requestedAt = 0;

/**
 * The first request stops in good order; a second one does not wait. A terminal sends Ctrl-C to npm and to the
 * agent alike, and npm passes it on: what follows at once is the same request.
 */
function requestStop(request: StopRequest): void {
  if (!stop.signal.aborted) {
    requestedAt = performance.now();
    stop.abort(request);
  } else if (performance.now() - requestedAt > sameRequestMs) {
    process.exit(1);
  }
}

const terminal: Terminal = {
  env: process.env,
  out: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
  interactive: isatty(0),
  readSecret: (question) => readSecret(process.stdin, process.stderr, question),
  progress(line) {
    if (process.stderr.isTTY)
      process.stderr.write(`\r\u001B[2K${line?.slice(0, process.stderr.columns - 1) ?? ''}`);
  },
  async ask(question) {
    if (!isatty(0)) return null;
    const { createInterface } = await import('node:readline/promises');
    using lines = createInterface({ input: process.stdin, output: process.stderr });
    // Awaited here: leaving the block closes the input.
    return await lines.question(question);
  },
  stopRequested() {
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.on(name, () => requestStop({ kind: 'signal', name }));
    }
    process.on('uncaughtException', (error) => requestStop({ kind: 'crash', error }));
    return stop.signal;
  },
};

process.exitCode = await run(process.argv.slice(2), terminal);
// Everything is closed by now; what still keeps the process alive is not worth waiting for.
setTimeout(() => process.exit(), lingerMs).unref();

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { waitFor } from '@impetus/test-kit';
import type { Server, ServerOptions } from './server.ts';

const patienceMs = 60_000;

/** Starts llama-server with one thread and everything else as it comes, and waits until it answers. */
export async function startTheirs(program: string, options: ServerOptions): Promise<Server> {
  const { model, sequences, contextSize } = options;
  const port = await freePort();
  const layout = ['-c', String(contextSize * sequences), '-np', String(sequences)];
  const child = spawn(
    program,
    ['-m', model.path, '-t', '1', '-tb', '1', ...layout, '--host', '127.0.0.1', '--port', String(port)],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-4_000)));
  const exited = once(child, 'close');
  await waitFor('llama-server', () => answers(port, child.exitCode !== null, () => stderr), patienceMs);
  return {
    name: 'theirs',
    port,
    model: 'synthetic',
    key: null,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function answers(port: number, ended: boolean, stderr: () => string): Promise<boolean> {
  if (ended) throw new Error(`llama-server ended before it was ready:\n${stderr()}`);
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health`);
    return response.ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

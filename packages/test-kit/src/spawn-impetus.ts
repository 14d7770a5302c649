import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('impetus.js', import.meta.url));

/** Both of what it writes can be read; what it reads was given to it. */
export type ImpetusProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Starts `impetus <args>` as a process that ends, and takes its runners with it, once this one is gone. */
export function spawnImpetus(args: readonly string[], env: NodeJS.ProcessEnv, input = ''): ImpetusProcess {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['pipe', 'pipe', 'pipe', 'ipc'] });
  child.stdin?.end(input);
  return child as ImpetusProcess;
}

import { execFileSync } from 'node:child_process';

/** Tests that start the agent as users do run what the sources of this moment make, not what was built some time ago. */
export function setup(): void {
  execFileSync('rolldown', ['-c', 'rolldown.config.ts', '--logLevel', 'silent'], {
    cwd: new URL('../..', import.meta.url),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from '@impetus/test-kit';
import { expect, it } from 'vitest';
import { isAlive } from './support/is-alive.ts';

it('an agent that a test started ends with its runners where that test is killed', async () => {
  await using home = await temporaryFolder();
  const test = fork(join(import.meta.dirname, 'support/abandoned-agent.ts'), [home.path], { execArgv: [] });
  const [pids] = (await once(test, 'message')) as [number[]];
  expect(pids.map(isAlive)).toEqual([true, true]);
  test.kill('SIGKILL');
  await waitFor('the agent and its runner to go', () => !pids.some(isAlive));
});

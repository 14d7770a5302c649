import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TrustStatus } from '@impetus/contracts';
import {
  runCli,
  spawnImpetus,
  startAgentProcess,
  temporaryFolder,
  type AgentProcess,
  type TemporaryFolder,
} from '@impetus/test-kit';
import { createTRPCClient, httpLink } from '@trpc/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppRouter } from '../src/management/router.ts';

let folder: TemporaryFolder;
let mac: AgentProcess;
let status: TrustStatus;
beforeAll(async () => {
  folder = await temporaryFolder();
  mac = await startAgentProcess({ home: join(folder.path, 'mac'), env: { IMPETUS_LAN: '1' } });
  status = await owner().trust.check.mutate();
});
afterAll(async () => {
  await mac[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** The owner's browser on the agent's own computer. */
function owner() {
  const headers = { cookie: mac.browser?.cookie ?? '', origin: mac.url };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${mac.url}/trpc`, headers })] });
}

const laptop = () => join(folder.path, 'laptop');
const onLaptop = (...args: string[]) => runCli({ home: laptop() }, ...args);

/** A command that tells, line by line, how far it is. */
function follow(home: string, ...args: string[]) {
  const child = spawnImpetus(args, { PATH: process.env['PATH'], HOME: home, IMPETUS_HOME: home });
  child.stderr.pipe(process.stderr);
  return { lines: createInterface({ input: child.stdout }), ended: once(child, 'close') };
}

/** Signs the laptop in, with the owner's approval. */
async function signIn(...args: string[]): Promise<number> {
  const { lines, ended } = follow(laptop(), 'login', '--json', ...args);
  for await (const line of lines) {
    const told = JSON.parse(line) as { event: string; userCode: string };
    if (told.event !== 'code') continue;
    const { userCode } = told;
    expect(await owner().grants.lookUp.mutate({ userCode })).toMatchObject({ deviceName: 'Ada’s laptop' });
    await owner().grants.approve.mutate({ userCode, scopes: ['infer'] });
  }
  const [code] = await ended;
  return code as number;
}

it('a laptop signs in over https, its commands go to the Mac, and it is cut off', async ({ skip }) => {
  const server = status.origins.find(({ reachable, url }) => reachable && !url.includes('.local'))?.url;
  if (server === undefined) return skip('This computer has no address on a network.');
  const { fingerprint = '' } = status.authority ?? {};

  const [unseen, other, clear] = await Promise.all([
    onLaptop('login', '--server', server),
    onLaptop('login', '--server', server, '--fingerprint', 'ab'.repeat(32)),
    onLaptop('login', '--server', 'http://[fd00::1]:1'),
  ]);
  expect([unseen.code, unseen.stdout]).toEqual([1, '']);
  expect(unseen.stderr).toContain(fingerprint);
  expect(other.stderr).toContain('is not the one that was named');
  expect(clear.stderr).toContain('Over http');
  expect(existsSync(join(laptop(), 'login.json'))).toBe(false);

  const name = ['--name', 'Ada’s laptop', '--scopes', 'infer,load'];
  expect(await signIn('--server', server, '--fingerprint', fingerprint, ...name)).toBe(0);
  for (const file of ['login.json', 'known-servers.json']) {
    expect(statSync(join(laptop(), file)).mode & 0o777).toBe(0o600);
  }
  const [models, load, keys] = await Promise.all([
    onLaptop('models', 'ls', '--json'),
    onLaptop('models', 'load', 'impetus-sample'),
    onLaptop('keys', 'ls'),
  ]);
  expect(models.stderr).toBe('');
  expect(JSON.parse(models.stdout)).toEqual([expect.objectContaining({ id: 'impetus-sample' })]);
  expect(load.stderr).toContain('scope load');
  expect(keys.stderr).toContain('scope admin');

  const [grant] = await owner().grants.list.query();
  expect(grant).toMatchObject({ clientId: 'impetus-cli', scopes: ['infer'], revokedAt: null });
  await owner().grants.revoke.mutate({ id: grant?.id ?? '' });
  expect((await onLaptop('models', 'ls')).stderr).toContain('was revoked');

  expect((await onLaptop('logout')).stdout).toContain(`Signed out at ${server}`);
  expect((await onLaptop('models', 'ls')).stderr).toContain('No agent is running for this data folder');
}, 90_000);

it('impetus pair prints what the device needs, and is answered from another terminal', async () => {
  const { lines, ended } = follow(mac.home, 'pair', '--json', '--name', 'Tablet', '--guest', '2h');
  const states: string[] = [];
  for await (const line of lines) {
    const told = JSON.parse(line) as {
      event: string;
      state: string;
      id: string;
      code: string;
      guestUntil: string;
    };
    if (told.event === 'invitation') expect(told.code).toMatch(/^\d{8}$/);
    else states.push(told.state);
    if (told.state === 'open') {
      expect(Date.parse(told.guestUntil)).toBeGreaterThan(Date.now());
      await owner().pairing.cancel.mutate({ id: told.id });
    }
  }
  expect(states).toEqual(['open', 'cancelled']);
  expect((await ended)[0]).toBe(1);
  const [approve, deny, guest] = await Promise.all([
    runCli({ home: mac.home }, 'pair', 'approve', '123456'),
    runCli({ home: mac.home }, 'pair', 'deny'),
    runCli({ home: mac.home }, 'pair', '--guest', 'soon'),
  ]);
  expect(approve.stderr).toContain('No device asks');
  expect(deny.stdout).toBe('No device asks.\n');
  expect(guest.stderr).toContain('say 4h');
});

import { once } from 'node:events';
import { join } from 'node:path';
import { owner, runCli, startAgentProcess, temporaryFolder, waitFor } from '@impetus/test-kit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { defaultLifetimes } from '../src/auth/sessions/judge.ts';
import { startTestAgent, type TestAgent } from './support/test-agent.ts';

const json = { 'content-type': 'application/json' };

interface Caller {
  readonly agent: { readonly http: string };
  readonly host: string;
}

/** Calls a mutation as the agent's own page does; the Host is the one that fetch sends. */
async function call(
  { agent }: Caller,
  procedure: string,
  input: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${agent.http}/trpc/${procedure}`, {
    method: 'POST',
    headers: { ...json, origin: agent.http, ...headers },
    body: JSON.stringify(input),
  });
  const body = (await response.json()) as { result?: { data: unknown }; error?: { data: { code: string } } };
  return {
    status: response.status,
    headers: response.headers,
    data: body.result?.data,
    error: body.error?.data,
  };
}

const cookieOf = (headers: Headers) => headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';

describe('an agent without an owner', () => {
  let test: TestAgent;
  beforeAll(async () => {
    test = await startTestAgent({ withoutOwner: true });
  });
  afterAll(() => test[Symbol.asyncDispose]());

  it('is set up once, by whoever has the code, who is signed in then', async () => {
    const setup = test.agent.setup;
    expect(setup?.url).toBe(`http://${test.host}/setup#${setup?.code}`);
    expect((await call(test, 'models.rescan', {})).error?.code).toBe('unauthorized');
    // Keys work already: the first one is made to be tried at once.
    const models = await fetch(`${test.agent.http}/v1/models`, {
      headers: { authorization: `Bearer ${test.key}` },
    });
    expect(models.status).toBe(200);

    const account = { ...owner, code: setup?.code.toUpperCase().replaceAll('-', ' ') };
    const made = await call(test, 'setup.finish', account);
    expect([made.status, made.data]).toMatchObject([200, { user: { name: owner.name, owner: true } }]);
    const cookie = cookieOf(made.headers);
    expect(made.headers.getSetCookie()[0]).toMatch(
      /^impetus-\d+=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect((await call(test, 'models.rescan', {}, { cookie })).status).toBe(200);
    expect((await call(test, 'setup.finish', account)).error?.code).toBe('conflict');
    const { entries } = await test.agent.context.services.audit.list({ limit: 10, action: 'setup' });
    expect(entries.map(({ outcome, who }) => [outcome, who?.kind])).toEqual([
      ['failed', undefined],
      ['done', 'session'],
    ]);
    expect(JSON.stringify(entries)).not.toContain(owner.password);
  });
});

describe('access that ends', () => {
  let test: TestAgent;
  beforeEach(async () => {
    test = await startTestAgent();
  });
  afterEach(() => test[Symbol.asyncDispose]());

  it('ends an answer of the model endpoint that is under way, in its own words', async () => {
    const { keys } = test.agent.context.services;
    const { id, key } = await keys.create({ name: 'Laptop', scopes: ['infer'] });
    const response = await fetch(`${test.agent.http}/v1/chat/completions`, {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: 'fake', stream: true, messages: [{ role: 'user', content: 'Hello' }] }),
    });
    await waitFor('the request', () => test.inference.busy);
    const at = performance.now();
    await keys.revoke(id);
    const text = await response.text().catch(() => 'cut off');
    expect(performance.now() - at).toBeLessThan(1_000);
    expect(text).toContain('The API key “Laptop” was revoked.');
    expect(test.inference.aborted).toBe(1);
  });

  it('ends a socket of the device, and its subscriptions', async () => {
    const { devices } = test.agent.context.services;
    const socket = new WebSocket(`ws://${test.host}/trpc`, {
      headers: { origin: `http://${test.host}`, cookie: test.cookie },
    });
    await once(socket, 'open');
    socket.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'state.watch' } }));
    await once(socket, 'message');
    const [device] = devices.list();
    expect(device).toMatchObject({ name: 'Test browser', online: true, sessions: 1 });
    const at = performance.now();
    await devices.revoke(device?.id ?? '');
    const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
    expect(performance.now() - at).toBeLessThan(1_000);
    expect([code, reason.toString()]).toEqual([1008, 'The device “Test browser” was revoked.']);
    expect((await call(test, 'models.rescan', {}, { cookie: test.cookie })).status).toBe(401);
  });

  it('lets the device go on when what it may do was changed, with no more than that', async () => {
    const { devices } = test.agent.context.services;
    const [device] = devices.list();
    const cookie = test.cookie;
    expect((await call(test, 'settings.update', { queueLength: 7 }, { cookie })).status).toBe(200);
    await devices.update({ id: device?.id ?? '', scopes: ['infer'] });
    expect((await call(test, 'settings.update', { queueLength: 8 }, { cookie })).error?.code).toBe(
      'forbidden',
    );
    expect(test.agent.context.services.settings.agent().queueLength).toBe(7);
  });
});

describe('a session', () => {
  it('takes its new token along with the upgrade of a socket', async () => {
    const lifetimes = { ...defaultLifetimes, rotateAfterMs: 0 };
    await using test = await startTestAgent({ overrides: { lifetimes } });
    const open = async (cookie: string) => {
      const socket = new WebSocket(`ws://${test.host}/trpc`, {
        headers: { origin: `http://${test.host}`, cookie },
      });
      const upgraded = once(socket, 'upgrade');
      await once(socket, 'open');
      const [response] = await upgraded;
      socket.terminate();
      return String(response.headers['set-cookie']).split(';', 1)[0] ?? '';
    };
    const renewed = await open(test.cookie);
    expect(renewed).toMatch(/^impetus-\d+=[\w-]{43}$/);
    expect(renewed).not.toBe(test.cookie);
    expect((await call(test, 'models.rescan', {}, { cookie: renewed })).status).toBe(200);
  });

  it('is begun with the password, on the device that the browser was, and ended', async () => {
    await using test = await startTestAgent();
    const [before] = test.agent.context.services.devices.list();
    const signedIn = await call(test, 'session.signIn', { ...owner, deviceId: before?.id });
    expect(signedIn.data).toMatchObject({ kind: 'session', device: { id: before?.id } });
    const fresh = await call(test, 'session.signIn', {
      ...owner,
      deviceId: 'somebody’s',
      deviceName: 'Tablet',
    });
    expect(fresh.data).toMatchObject({ device: { name: 'Tablet' } });
    const cookie = cookieOf(fresh.headers);
    const left = await call(test, 'session.signOut', {}, { cookie });
    expect(left.headers.getSetCookie().at(-1)).toMatch(/Max-Age=0/);
    expect((await call(test, 'models.rescan', {}, { cookie })).status).toBe(401);
    const everywhere = await call(
      test,
      'session.signOutEverywhere',
      { keepThis: true },
      { cookie: test.cookie },
    );
    expect(everywhere.status).toBe(200);
    expect((await call(test, 'models.rescan', {}, { cookie: cookieOf(signedIn.headers) })).status).toBe(401);
    expect((await call(test, 'models.rescan', {}, { cookie: test.cookie })).status).toBe(200);
  });

  it('says when the next try may come', async () => {
    await using test = await startTestAgent();
    for (let tries = 0; tries < 5; tries += 1) {
      await call(test, 'session.signIn', { name: owner.name, password: 'wrong' });
    }
    const refused = await call(test, 'session.signIn', owner);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  });
});

describe('pages elsewhere', () => {
  it('use the model endpoints with a key where the owner lists them, and nothing else', async () => {
    await using test = await startTestAgent();
    const origin = 'https://chat.example';
    const { settings } = test.agent.context.services;
    await settings.updateAgent({ corsOrigins: [origin] });
    const preflight = await fetch(`${test.agent.http}/v1/chat/completions`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,x-stainless-lang',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization.*x-stainless-lang/);
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    const headers = { origin, authorization: `Bearer ${test.key}` };
    const models = await fetch(`${test.agent.http}/v1/models`, { headers });
    expect([models.status, models.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    const management = await fetch(`${test.agent.http}/trpc/models.list`, { headers });
    expect([management.status, management.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    await expect(
      call(test, 'settings.update', { corsOrigins: ['*'] }, { cookie: test.cookie }),
    ).resolves.toMatchObject({ status: 400 });
  });
});

describe('the audit', () => {
  it('has what the model endpoints change, and not what they are asked', async () => {
    await using test = await startTestAgent();
    const headers = { ...json, authorization: `Bearer ${test.key}` };
    const post = (path: string) =>
      fetch(`${test.agent.http}${path}`, { method: 'POST', headers, body: '{}' });
    await post('/v1/models/fake/load');
    await post('/v1/completions');
    const { entries } = await test.agent.context.services.audit.list({ limit: 10, action: 'endpoint' });
    expect(entries).toMatchObject([
      { action: 'endpoint.load', subject: '/v1/models/fake/load', outcome: 'done', who: { kind: 'key' } },
    ]);
  });

  it('is exported as JSON Lines, for admins', async () => {
    await using test = await startTestAgent();
    await call(test, 'settings.update', { queueLength: 9 }, { cookie: test.cookie });
    const address = `${test.agent.http}/audit.jsonl`;
    expect((await fetch(address)).status).toBe(401);
    expect((await fetch(address, { headers: { authorization: `Bearer ${test.key}` } })).status).toBe(403);
    const exported = await fetch(`${address}?action=settings`, { headers: { cookie: test.cookie } });
    expect(exported.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = (await exported.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      {
        action: 'settings.update',
        outcome: 'done',
        detail: { queueLength: 9 },
        who: { name: 'Test browser' },
      },
    ]);
    expect((await fetch(`${address}?outcome=nonsense`, { headers: { cookie: test.cookie } })).status).toBe(
      400,
    );
  });
});

describe('the command line', () => {
  it('makes the owner, resets the password, and tells what is open', async () => {
    await using folder = await temporaryFolder();
    const home = join(folder.path, 'home');
    await using agent = await startAgentProcess({ home, env: { IMPETUS_LAN: '0' }, withoutOwner: true });
    const run = (input: string, ...args: string[]) => runCli({ home, input }, ...args);

    const unowned = await run('', 'doctor', 'security');
    expect([unowned.code, unowned.stdout]).toEqual([1, expect.stringContaining('has no owner')]);

    const made = await run('tulips on the sill\n', 'owner', 'create', '--name', 'Maria');
    expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('“Maria” is made')]);
    const signIn = (password: string) =>
      call({ agent: { http: agent.url }, host: '' }, 'session.signIn', { name: 'Maria', password });
    const session = await signIn('tulips on the sill');
    expect(session.status).toBe(200);
    const reset = await run('roses in the garden\n', 'owner', 'reset-password', '--json');
    expect([reset.code, JSON.parse(reset.stdout)]).toEqual([0, { name: 'Maria' }]);
    expect((await signIn('tulips on the sill')).status).toBe(401);
    expect((await signIn('roses in the garden')).status).toBe(200);
    const cookie = cookieOf(session.headers);
    const stale = await fetch(`${agent.url}/trpc/keys.list`, { headers: { cookie } });
    expect(stale.status).toBe(401);

    const { code, stdout } = await run('', 'doctor', 'security');
    expect(stdout).not.toContain('has no owner');
    expect([code, stdout]).toEqual([0, expect.stringContaining('has no expiry')]);
    const { id } = await agent.cli<{ id: string }>('keys', 'create', '--name', 'K', '--expires', '1d');
    const rotated = await agent.cli<{ id: string; key: string }>('keys', 'rotate', id, '--grace', '60');
    expect(rotated).toMatchObject({ id, key: expect.stringContaining(`imp_${id}_`) });
  }, 90_000);
});

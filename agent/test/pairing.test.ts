import { newPairingNonce, pairingCommitment, pairingDigits, parseJoinFragment } from '@impetus/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askHttp1, lanView, type LanAnswer, type LanView } from './support/lan-client.ts';
import { httpClient, startTestAgent, type TestAgent } from './support/test-agent.ts';

let test: TestAgent;
let lan: LanView;
beforeAll(async () => {
  test = await startTestAgent({ lan: true });
  lan = lanView(test);
});
afterAll(() => test[Symbol.asyncDispose]());

const owner = () => httpClient(test.agent, { cookie: test.cookie, origin: test.agent.http });

interface Answer {
  readonly status: number;
  readonly data: Record<string, never>;
  readonly code: string | undefined;
  readonly cookie: string | undefined;
}

function read({ status, body, headers }: LanAnswer): Answer {
  const { result, error } = JSON.parse(body) as {
    result?: { data: Record<string, never> };
    error?: { data: { code: string } };
  };
  const cookie = headers['set-cookie']?.find((each) => each.startsWith('__Host-impetus='));
  return { status, data: result?.data ?? {}, code: error?.data.code, cookie };
}

/** A page in a browser of another device, that nobody has let in yet. */
async function call(procedure: string, input: object, headers: Record<string, string> = {}): Promise<Answer> {
  return read(
    await askHttp1(lan, `/trpc/${procedure}`, {
      method: 'POST',
      headers: { origin: lan.origin, 'content-type': 'application/json', 'user-agent': 'Phone', ...headers },
      body: JSON.stringify(input),
    }),
  );
}

const begin = (name = 'Phone') => owner().pairing.begin.mutate({ name, scopes: ['infer'] });
const codeOf = (url: string) => parseJoinFragment(new URL(url).hash)?.code ?? '';

async function ask(code: string) {
  const nonce = newPairingNonce();
  const joined = await call('pairing.join', { code, commitment: await pairingCommitment(nonce) });
  expect(joined.status).toBe(200);
  const { ticket, agentNonce } = joined.data as unknown as { ticket: string; agentNonce: string };
  const asked = await call('pairing.reveal', { ticket, nonce });
  return { ticket, digits: await pairingDigits(code, nonce, agentNonce), asked };
}

it('a phone comes in: QR code, six digits on both screens, approval, session', async () => {
  const { id, url, fingerprint, bootstrapUrl } = await begin();
  expect(new URL(url).origin).toBe(test.agent.context.services.trust.origins()[0] ?? `http://${test.host}`);
  expect(fingerprint).toBe(test.agent.context.services.trust.authority()?.fingerprint);
  expect(bootstrapUrl).toMatch(/^http:/);
  const { ticket, digits, asked } = await ask(codeOf(url));
  expect(asked.data).toMatchObject({ state: 'asking', name: 'Phone', scopes: ['infer'] });

  const [view] = await owner().pairing.list.query();
  expect(view).toMatchObject({ id, state: 'asking', asker: { digits, userAgent: 'Phone' } });
  expect((await call('pairing.claim', { ticket })).code).toBe('conflict');

  const waiting = call('pairing.await', { ticket, seen: view?.revision });
  await owner().pairing.approve.mutate({ id, digits });
  expect((await waiting).data).toMatchObject({ state: 'approved' });
  const claimed = await call('pairing.claim', { ticket });
  expect(claimed.data).toMatchObject({ kind: 'session', name: 'Phone', scopes: ['infer'] });
  expect(claimed.cookie).toMatch(/^__Host-impetus=[^;]+;.*Path=\/; HttpOnly; SameSite=Strict; Secure/);

  const cookie = claimed.cookie?.split(';', 1)[0] ?? '';
  const current = await askHttp1(lan, '/trpc/session.current', { headers: { cookie } });
  expect(read(current).data).toMatchObject({ device: { name: 'Phone' } });
  expect((await call('pairing.list', {}, { cookie })).status).not.toBe(200);
  const devices = await owner().devices.list.query();
  expect(devices.find(({ name }) => name === 'Phone')).toMatchObject({ createdBy: 'Test browser' });
  const { entries } = await owner().audit.list.query({ action: 'pairing' });
  expect(entries.map(({ action, outcome, subject }) => [action, outcome, subject])).toEqual(
    expect.arrayContaining([
      ['pairing.begin', 'done', 'Phone'],
      ['pairing.approve', 'done', 'Phone'],
      ['pairing.claim', 'done', 'Phone'],
    ]),
  );
  expect(JSON.stringify(entries)).not.toMatch(new RegExp(`${ticket}|${codeOf(url)}`));
});

it('a guest’s device ends by itself', async () => {
  const guestUntil = new Date(Date.now() + 3_600_000).toISOString();
  const { id, code } = await owner().pairing.begin.mutate({ name: 'Guest', guestUntil });
  const { ticket, digits } = await ask(code);
  await owner().pairing.approve.mutate({ id, digits });
  expect((await call('pairing.claim', { ticket })).data).toMatchObject({ device: { expiresAt: guestUntil } });
});

it('screens of administrators are told who asks, and others are not', async () => {
  const { id, code } = await begin('Watched');
  const { digits } = await ask(code);
  const view = await owner().pairing.follow.mutate({ id, seen: 2 });
  expect(view).toMatchObject({ state: 'asking', asker: { digits } });
  const key = httpClient(test.agent, { authorization: `Bearer ${test.key}` });
  await expect(key.pairing.list.query()).rejects.toThrow('admin');
  const admin = await owner().keys.create.mutate({ name: 'Admin', scopes: ['admin'] });
  const withKey = httpClient(test.agent, { authorization: `Bearer ${admin.key}` });
  await expect(withKey.pairing.approve.mutate({ id, digits })).rejects.toThrow('needs a person');
  await owner().pairing.deny.mutate({ id });
});

describe('refused', () => {
  it('two approvals at once: one wins', async () => {
    const { id, code } = await begin('Twice');
    const { digits } = await ask(code);
    const outcomes = await Promise.allSettled(
      [1, 2].map(() => owner().pairing.approve.mutate({ id, digits })),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await owner().pairing.cancel.mutate({ id });
  });

  it('digits that differ', async () => {
    const { id, code } = await begin('Other digits');
    const { ticket, digits } = await ask(code);
    const other = digits === '000000' ? '000001' : '000000';
    await expect(owner().pairing.approve.mutate({ id, digits: other })).rejects.toThrow('Compare both');
    expect((await call('pairing.claim', { ticket })).status).toBe(409);
    await owner().pairing.deny.mutate({ id });
    expect((await call('pairing.claim', { ticket })).status).toBe(409);
  });

  it('a link that was used, by another client; and that client’s ticket', async () => {
    const { id, url } = await begin('Mine');
    const { ticket, digits } = await ask(codeOf(url));
    const second = await call('pairing.join', { code: codeOf(url), commitment: '0'.repeat(64) });
    expect([second.status, second.code]).toEqual([409, 'conflict']);
    await owner().pairing.approve.mutate({ id, digits });
    expect((await call('pairing.claim', { ticket: 'A'.repeat(43) })).status).toBe(409);
    expect((await call('pairing.claim', { ticket })).status).toBe(200);
    expect((await call('pairing.claim', { ticket })).status).toBe(409);
  });

  it('a WebSocket’s claim, a foreign page’s code, and a stranger’s approval', async () => {
    const { id, code } = await begin('Strange');
    const foreign = await call(
      'pairing.join',
      { code, commitment: '0'.repeat(64) },
      { origin: 'https://evil.example' },
    );
    expect(foreign.status).toBe(403);
    const { digits } = await ask(code);
    expect((await call('pairing.approve', { id, digits })).status).toBe(401);
    await owner().pairing.deny.mutate({ id });
  });

  it('codes tried in bulk', async () => {
    const { id } = await begin('Guessed');
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) {
      const code = String(count).padStart(8, '0');
      statuses.push((await call('pairing.join', { code, commitment: '0'.repeat(64) })).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 403));
    expect(statuses.slice(10)).toEqual([429, 429]);
    const closed = (await owner().pairing.list.query()).find((view) => view.id === id);
    expect(closed?.state).toBe('closed');
  });
});

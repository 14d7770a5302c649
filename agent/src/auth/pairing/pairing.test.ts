import {
  newPairingNonce,
  pairingCommitment,
  pairingDigits,
  parseJoinFragment,
  type BeginPairingInput,
} from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import type { NewDevice, NewSession, Principal } from '../types.ts';
import { codeMs } from './machine.ts';
import { createPairing } from './pairing.ts';

const fingerprint = 'ab'.repeat(32);
const ada: Principal = {
  kind: 'session',
  id: 'ada',
  name: 'Ada’s Mac',
  scopes: ['admin'],
  userId: 'ada',
  deviceId: 'mac',
  sessionId: 's',
  grantId: null,
};
const wanted: BeginPairingInput = { name: 'Phone', kind: 'phone', scopes: ['infer'], guestUntil: null };
const here = { address: '192.168.1.7', userAgent: 'Safari' };
const elsewhere = { address: '192.168.1.66', userAgent: 'curl' };
const never = new AbortController().signal;

function desk() {
  let time = 1.8e12;
  const made: NewDevice[] = [];
  const begun: NewSession[] = [];
  const pairing = createPairing({
    devices: {
      create: async (device) => {
        made.push(device);
        const { kind, scopes, userId, createdBy, address } = device;
        return {
          id: `device ${made.length}`,
          name: device.name,
          kind,
          scopes,
          userId,
          userName: 'Ada',
          createdAt: '',
          createdBy,
          lastSeenAt: null,
          address,
          expiresAt: device.expiresAt ?? null,
          online: false,
          sessions: 0,
          current: false,
        };
      },
    },
    sessions: {
      begin: async (session) => {
        begun.push(session);
        return { sessionId: 'session', token: 'secret', endsAt: new Date(time) };
      },
    },
    userOf: () => 'ada',
    trust: {
      origins: () => ['https://impetus-test.local:8443'],
      authority: () => ({ fingerprint }),
      openBootstrap: async () => ({ open: true, until: '', urls: ['http://192.168.1.20:8444/'] }),
    },
    loopbackOrigin: () => 'http://localhost:8080',
    now: () => time,
  });
  return { pairing, made, begun, pass: (ms: number) => void (time += ms) };
}

/** The asking device, as a page is one. */
async function ask({ pairing }: ReturnType<typeof desk>, code: string, from = here) {
  const nonce = newPairingNonce();
  const { ticket, agentNonce } = pairing.join({ code, commitment: await pairingCommitment(nonce) }, from);
  await pairing.reveal({ ticket, nonce });
  return { ticket, digits: await pairingDigits(code, nonce, agentNonce) };
}

describe('a device', () => {
  it.each(['link', 'digits'])('comes in by the %s', async (way) => {
    const test = desk();
    const invitation = await test.pairing.begin(wanted, ada);
    const link = parseJoinFragment(new URL(invitation.url).hash);
    expect(invitation).toMatchObject({ bootstrapUrl: 'http://192.168.1.20:8444/', fingerprint });
    expect(link).toEqual({ code: expect.stringMatching(/^[\w-]{22}$/), fingerprint });
    expect(invitation.code).toMatch(/^\d{8}$/);

    const code =
      way === 'link' ? (link?.code ?? '') : `${invitation.code.slice(0, 4)} ${invitation.code.slice(4)}`;
    const { ticket, digits } = await ask(test, code);
    const [view] = test.pairing.list();
    expect(view).toMatchObject({ state: 'asking', asker: { digits, ...here } });
    const waiting = test.pairing.await({ ticket, seen: view?.revision ?? 0 }, never);
    test.pairing.approve({ id: invitation.id, digits }, ada);
    expect(await waiting).toMatchObject({ state: 'approved' });

    const { device, session } = await test.pairing.claim(ticket, here);
    expect([device.id, session.token]).toEqual(['device 1', 'secret']);
    expect(test.made).toEqual([
      {
        name: 'Phone',
        kind: 'phone',
        scopes: ['infer'],
        userId: 'ada',
        createdBy: 'Ada’s Mac',
        address: here.address,
        expiresAt: null,
      },
    ]);
    expect(test.begun).toEqual([{ userId: 'ada', deviceId: 'device 1', ...here }]);
    expect(test.pairing.list()[0]).toMatchObject({ state: 'joined', deviceId: 'device 1' });
    await expect(test.pairing.claim(ticket, here)).rejects.toMatchObject({ code: 'conflict' });
    expect(test.made).toHaveLength(1);
    expect(JSON.stringify(test.pairing.list())).not.toMatch(
      new RegExp(`${ticket}|${link?.code}|${invitation.code}`),
    );
  });

  it('that comes second with the same link is told so', async () => {
    const test = desk();
    const { id, code } = await test.pairing.begin(wanted, ada);
    const first = await ask(test, code);
    await expect(ask(test, code, elsewhere)).rejects.toThrow('Another device has used this code');
    await expect(test.pairing.claim('nothing', elsewhere)).rejects.toMatchObject({ code: 'conflict' });
    test.pairing.approve({ id, digits: first.digits }, ada);
    expect((await test.pairing.claim(first.ticket, here)).device.name).toBe('Phone');
  });

  it('that changes its nonce is out', async () => {
    const test = desk();
    const { id, code } = await test.pairing.begin(wanted, ada);
    const commitment = await pairingCommitment(newPairingNonce());
    const { ticket } = test.pairing.join({ code, commitment }, elsewhere);
    await expect(test.pairing.reveal({ ticket, nonce: newPairingNonce() })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(() => test.pairing.approve({ id, digits: '000000' }, ada)).toThrow('over');
  });
});

describe('approvals', () => {
  it('two at once: one wins', async () => {
    const test = desk();
    const { id, code } = await test.pairing.begin(wanted, ada);
    const { digits } = await ask(test, code);
    const tries = [1, 2].map(async () => test.pairing.approve({ id, digits }, ada));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('of other digits approve nothing', async () => {
    const test = desk();
    const { id, code } = await test.pairing.begin(wanted, ada);
    const { ticket, digits } = await ask(test, code);
    const other = digits === '000000' ? '000001' : '000000';
    expect(() => test.pairing.approve({ id, digits: other }, ada)).toThrow('Compare both screens');
    await expect(test.pairing.claim(ticket, here)).rejects.toThrow('not approved yet');
  });
});

describe('codes', () => {
  it('that are wrong close an invitation at the fifth, then are slowed down', async () => {
    const test = desk();
    const { id, code } = await test.pairing.begin(wanted, ada);
    const wrong = code === '00000000' ? '11111111' : '00000000';
    const attempt = (address: string) =>
      test.pairing.join({ code: wrong, commitment: '0'.repeat(64) }, { ...elsewhere, address });
    for (let count = 0; count < 5; count += 1) expect(() => attempt(`10.0.0.${count}`)).toThrow('not valid');
    expect(test.pairing.list()[0]).toMatchObject({ id, state: 'closed' });
    await expect(ask(test, code)).rejects.toThrow('over');
    for (let count = 5; count < 10; count += 1) expect(() => attempt(`10.0.0.${count}`)).toThrow('not valid');
    expect(() => attempt('10.0.0.11')).toThrow('Too many codes');
    test.pass(10_000);
    expect(() => attempt('10.0.0.11')).toThrow('not valid');
  });

  it('of the link are not held up by guesses at the digits', async () => {
    const test = desk();
    for (let count = 0; count < 10; count += 1) {
      const guess = { code: `0000000${count}`, commitment: '0'.repeat(64) };
      expect(() => test.pairing.join(guess, { ...elsewhere, address: `10.0.1.${count}` })).toThrow(
        'not valid',
      );
    }
    const { url } = await test.pairing.begin(wanted, ada);
    const link = parseJoinFragment(new URL(url).hash);
    expect((await ask(test, link?.code ?? '')).digits).toMatch(/^\d{6}$/);
  });

  it('are over after two minutes, and say so for a while', async () => {
    const test = desk();
    const { id, code } = await test.pairing.begin(wanted, ada);
    test.pass(codeMs);
    await expect(ask(test, code)).rejects.toThrow('over');
    expect(await test.pairing.follow({ id, seen: 1 }, never)).toMatchObject({ state: 'expired' });
    test.pass(600_000);
    await expect(ask(test, code)).rejects.toThrow('not valid');
    expect(test.pairing.list()).toEqual([]);
  });
});

it('screens that watch hear each change', async () => {
  const test = desk();
  const stop = new AbortController();
  const seen: string[] = [];
  const watching = (async () => {
    for await (const [view] of test.pairing.watch(stop.signal)) {
      seen.push(view?.state ?? 'none');
      if (view?.state === 'denied') stop.abort();
    }
  })();
  const { id, code } = await test.pairing.begin(wanted, ada);
  await ask(test, code);
  test.pairing.deny(id);
  await watching;
  expect(seen[0]).toBe('none');
  expect(seen.at(-1)).toBe('denied');
});

it('no more than eight are open at once', async () => {
  const test = desk();
  for (let count = 0; count < 8; count += 1) await test.pairing.begin(wanted, ada);
  await expect(test.pairing.begin(wanted, ada)).rejects.toMatchObject({ code: 'conflict' });
});

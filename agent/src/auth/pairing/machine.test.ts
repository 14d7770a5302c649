import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  approvalMs,
  claimMs,
  codeMs,
  forgivenTries,
  isLiving,
  newInvitation,
  step,
  type Invitation,
  type PairingEvent,
} from './machine.ts';

const start = 1_000_000;
const fresh = newInvitation(
  {
    id: 'one',
    name: 'Phone',
    kind: 'phone',
    scopes: ['infer'],
    guestUntil: null,
    invitedBy: 'Ada',
    userId: 'ada',
  },
  start,
);

const join: PairingEvent = {
  type: 'join',
  asker: {
    ticketHash: 'mine',
    code: '12345678',
    commitment: 'c',
    agentNonce: 'n',
    address: '192.168.1.7',
    userAgent: 'Safari',
  },
};
const reveal = { type: 'reveal', ticketHash: 'mine', kept: true, digits: '042617' } as const;
const approve: PairingEvent = { type: 'approve', digits: '042617', by: 'Ada' };
const claim: PairingEvent = { type: 'claim', ticketHash: 'mine' };
const admitted: PairingEvent = { type: 'admitted', deviceId: 'device' };

function after(...events: readonly PairingEvent[]): Invitation {
  return events.reduce((invitation, event) => {
    const { next, refusal } = step(invitation, event, start);
    expect(refusal, event.type).toBeNull();
    return next;
  }, fresh);
}

describe('a pairing', () => {
  it('goes from an open code to a device', () => {
    expect(after().state).toBe('open');
    expect(after(join).state).toBe('joining');
    expect(after(join, reveal)).toMatchObject({ state: 'asking', asker: { digits: '042617' } });
    expect(after(join, reveal, approve).state).toBe('approved');
    expect(after(join, reveal, approve, claim)).toMatchObject({ state: 'joined', deviceId: null });
    const joined = after(join, reveal, approve, claim, admitted);
    expect(joined).toMatchObject({ state: 'joined', deviceId: 'device', revision: 6 });
  });

  it('is closed where its device could not be made', () => {
    expect(after(join, reveal, approve, claim, { type: 'failed' }).state).toBe('closed');
  });

  it.each([
    ['open', [], codeMs],
    ['joining', [join], codeMs],
    ['asking', [join, reveal], approvalMs],
    ['approved', [join, reveal, approve], claimMs],
  ] as const)('that is %s ends when its time is over', (state, events, ms) => {
    const invitation = after(...events);
    expect(invitation.state).toBe(state);
    expect(step(invitation, { type: 'time' }, start + ms - 1).next).toBe(invitation);
    expect(step(invitation, { type: 'time' }, start + ms).next.state).toBe('expired');
    for (const event of [join, reveal, approve, claim]) {
      const late = step(invitation, event, start + ms);
      expect([late.next.state, late.refusal]).toEqual(['expired', 'ended']);
    }
  });

  it('that has joined does not expire', () => {
    const joined = after(join, reveal, approve, claim, admitted);
    expect(step(joined, { type: 'time' }, start + 1e9).next).toBe(joined);
  });
});

describe('refused, with nothing changed', () => {
  const cases: readonly [string, readonly PairingEvent[], PairingEvent, string][] = [
    [
      'a second device with the same code',
      [join],
      { ...join, asker: { ...join.asker, ticketHash: 'other' } },
      'used',
    ],
    ['a second device while the first asks', [join, reveal], join, 'used'],
    ['a nonce from another device', [join], { ...reveal, ticketHash: 'other' }, 'wrong-ticket'],
    ['a second nonce', [join, reveal], { ...reveal, digits: '000000' }, 'used'],
    [
      'an approval of other digits',
      [join, reveal],
      { type: 'approve', digits: '042618', by: 'Ada' },
      'digits-differ',
    ],
    ['an approval before anybody asks', [], approve, 'nobody-asks'],
    ['an approval before the nonce is revealed', [join], approve, 'nobody-asks'],
    ['a second approval', [join, reveal, approve], approve, 'already-approved'],
    ['a claim before the approval', [join, reveal], claim, 'too-early'],
    [
      'a claim by another device',
      [join, reveal, approve],
      { type: 'claim', ticketHash: 'other' },
      'wrong-ticket',
    ],
    ['a second claim', [join, reveal, approve, claim], claim, 'ended'],
    ['an approval of what was denied', [join, reveal, { type: 'deny' }], approve, 'ended'],
    ['a denial of what was approved and used', [join, reveal, approve, claim], { type: 'deny' }, 'ended'],
    ['a code of what was cancelled', [{ type: 'cancel' }], join, 'ended'],
    ['a device for what nobody claimed', [join, reveal, approve], admitted, 'ended'],
  ];

  it.each(cases)('%s', (_, events, event, refusal) => {
    const invitation = after(...events);
    expect(step(invitation, event, start)).toEqual({ next: invitation, refusal });
  });
});

it('an approval can be taken back until it is used', () => {
  expect(after(join, reveal, approve, { type: 'deny' }).state).toBe('denied');
});

it('a broken commitment closes the pairing', () => {
  const { next, refusal } = step(after(join), { ...reveal, kept: false }, start);
  expect([next.state, refusal]).toEqual(['closed', 'commitment-broken']);
});

it('wrong codes are forgiven four times, and do not count once the right one was shown', () => {
  const wrong: PairingEvent[] = Array.from({ length: forgivenTries }, () => ({ type: 'wrong-code' }));
  expect(after(...wrong.slice(1))).toMatchObject({ state: 'open', triesLeft: 1 });
  expect(after(...wrong)).toMatchObject({ state: 'closed', triesLeft: 0 });
  expect(after(join, ...wrong)).toMatchObject({ state: 'joining', triesLeft: 5 });
});

describe('whatever happens in whatever order', () => {
  const events: fc.Arbitrary<PairingEvent> = fc.constantFrom<PairingEvent[]>(
    { type: 'time' },
    { type: 'wrong-code' },
    join,
    { ...join, asker: { ...join.asker, ticketHash: 'other' } },
    reveal,
    { ...reveal, ticketHash: 'other' },
    { ...reveal, kept: false },
    approve,
    { type: 'approve', digits: '111111', by: 'Ada' },
    { type: 'deny' },
    { type: 'cancel' },
    { type: 'leave', ticketHash: 'mine' },
    claim,
    { type: 'claim', ticketHash: 'other' },
    admitted,
    { type: 'failed' },
  );
  const happenings = fc.array(fc.tuple(events, fc.integer({ min: 0, max: 50_000 })), { maxLength: 40 });

  it('nobody joins but the device that asked, after an approval of its digits, once', () => {
    fc.assert(
      fc.property(happenings, (list) => {
        let now = start;
        let invitation = fresh;
        let approvals = 0;
        let claims = 0;
        for (const [event, ms] of list) {
          now += ms;
          const before = invitation;
          const { next, refusal } = step(before, event, now);
          if (refusal === null && event.type === 'approve') approvals += 1;
          if (refusal === null && event.type === 'claim') {
            claims += 1;
            expect([approvals, before.state]).toEqual([1, 'approved']);
            expect(event.ticketHash).toBe(before.asker?.ticketHash);
          }
          expect(next.revision).toBeGreaterThanOrEqual(before.revision);
          if (!isLiving(before)) expect(isLiving(next)).toBe(false);
          invitation = next;
        }
        expect(claims).toBeLessThanOrEqual(1);
        if (invitation.state === 'joined') expect(claims).toBe(1);
      }),
    );
  });
});

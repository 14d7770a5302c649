import { describe, expect, it } from 'vitest';
import { answer, deviceCodeMs, newDeviceFlow, poll, type DeviceFlow } from './device-flow.ts';

const start = 5_000_000;
const flow = newDeviceFlow(
  {
    userCode: 'WDJB-MJHT',
    deviceCodeHash: 'hash',
    clientId: 'impetus-cli',
    deviceName: 'Laptop',
    scopes: ['infer', 'load'],
    address: '192.168.1.9',
    userAgent: 'node',
  },
  start,
);
const approval = { type: 'approved', scopes: ['infer'], userId: 'ada', by: 'Ada’s phone' } as const;

function refused(from: DeviceFlow, at: number) {
  const outcome = poll(from, at);
  if (outcome.type !== 'refused') throw new Error('It was granted.');
  return outcome;
}

describe('a client that asks for its tokens', () => {
  it('waits until somebody entered its code, then gets them', () => {
    const pending = refused(flow, start);
    expect(pending.error).toBe('authorization_pending');
    const approved = answer(pending.next, approval, start + 1000) as DeviceFlow;
    expect(poll(approved, start + 5000)).toEqual({ type: 'granted', answer: approval });
  });

  it('hears that it was refused', () => {
    expect(refused(answer(flow, { type: 'denied' }, start) as DeviceFlow, start).error).toBe('access_denied');
  });

  it('is slowed down each time that it asks too soon, also after an approval', () => {
    const first = refused(flow, start);
    const second = refused(first.next, start + 4999);
    expect([second.error, second.next.intervalMs]).toEqual(['slow_down', 10_000]);
    const third = refused(answer(second.next, approval, start + 6000) as DeviceFlow, start + 14_998);
    expect([third.error, third.next.intervalMs]).toEqual(['slow_down', 15_000]);
    expect(poll(third.next, start + 29_998).type).toBe('granted');
  });

  it('comes too late', () => {
    const approved = answer(flow, approval, start + 1) as DeviceFlow;
    expect(refused(approved, start + deviceCodeMs).error).toBe('expired_token');
  });
});

it('a code is answered once, and in time', () => {
  const denied = answer(flow, { type: 'denied' }, start) as DeviceFlow;
  expect(answer(denied, approval, start)).toBeNull();
  expect(answer(flow, approval, start + deviceCodeMs)).toBeNull();
});

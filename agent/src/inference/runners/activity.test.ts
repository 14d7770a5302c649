import { describe, expect, it } from 'vitest';
import { Activity } from './activity.ts';

const token = { kind: 'delta', text: 'a', tokens: 1 } as const;

describe('Activity', () => {
  it('measures speed over the last second', () => {
    const activity = new Activity();
    for (let at = 0; at < 3_000; at += 10) activity.note('a', token, at);
    expect(activity.tokensPerSecond(3_000)).toBeCloseTo(100, 0);
    expect(activity.tokensPerSecond(10_000)).toBeNull();
  });

  it('shows how far the slowest prompt was read, until it writes', () => {
    const activity = new Activity();
    activity.note('a', { kind: 'prefill', evaluated: 50, total: 100 }, 0);
    activity.note('b', { kind: 'prefill', evaluated: 10, total: 100 }, 0);
    expect(activity.prefill()).toBe(0.1);
    activity.forget('b');
    activity.note('a', { kind: 'prefill', evaluated: 100, total: 100 }, 1);
    expect(activity.prefill()).toBeNull();
  });
});

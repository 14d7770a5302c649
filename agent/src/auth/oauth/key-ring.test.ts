import { expect, it } from 'vitest';
import { accessTokenSeconds, clockToleranceSeconds, planRing, signingMs } from './key-ring.ts';

const now = 1e12;
const signing = { createdAt: now - 1000, retiredAt: null };

it('the first key is made, and signs for its time', () => {
  expect(planRing([], now)).toEqual({ kept: [], wantsNew: true });
  expect(planRing([signing], now)).toEqual({ kept: [signing], wantsNew: false });
});

it('a key that signed for long enough verifies until its tokens have expired', () => {
  const old = { createdAt: now - signingMs, retiredAt: null };
  const retired = { ...old, retiredAt: now };
  expect(planRing([old], now)).toEqual({ kept: [retired], wantsNew: true });
  const life = (accessTokenSeconds + clockToleranceSeconds) * 1000;
  expect(planRing([retired, signing], now + life - 1).kept).toHaveLength(2);
  expect(planRing([retired, signing], now + life).kept).toEqual([signing]);
});

it('a key from the future is replaced', () => {
  const future = { createdAt: now + 3_600_000, retiredAt: null };
  expect(planRing([future], now)).toEqual({ kept: [{ ...future, retiredAt: now }], wantsNew: true });
});

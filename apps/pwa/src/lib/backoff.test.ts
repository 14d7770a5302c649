import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backoff, RetryGate } from './backoff.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first try waits for nothing, later ones longer and never for more than six seconds', () => {
  expect(backoff(0)).toBe(0);
  expect(backoff(1, 0.5)).toBe(400);
  expect(backoff(3, 0.5)).toBe(1600);
  expect(backoff(20, 1)).toBeCloseTo(6000);
});

test('hurrying ends a wait and starts the count anew', async () => {
  const gate = new RetryGate();
  await gate.wait();
  let passed = false;
  const waiting = gate.wait().then(() => {
    passed = true;
  });
  await vi.advanceTimersByTimeAsync(100);
  expect(passed).toBe(false);
  gate.hurry();
  await waiting;
  expect(passed).toBe(true);
  await gate.wait();
});

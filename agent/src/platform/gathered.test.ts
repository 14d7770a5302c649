import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gathered } from './gathered.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('many who ask are one task, those who ask later another', () => {
  const task = vi.fn();
  using telling = gathered(500, task);
  for (let asked = 0; asked < 20; asked += 1) {
    telling.ask();
    vi.advanceTimersByTime(20);
  }
  vi.advanceTimersByTime(100);
  expect(task).toHaveBeenCalledTimes(1);
  telling.ask();
  vi.advanceTimersByTime(500);
  expect(task).toHaveBeenCalledTimes(2);
});

it('one that was ended does nothing more', () => {
  const task = vi.fn();
  const telling = gathered(500, task);
  telling.ask();
  telling[Symbol.dispose]();
  vi.advanceTimersByTime(1_000);
  expect(task).not.toHaveBeenCalled();
});

import { beforeEach, expect, it } from 'vitest';
import type { RequestLimits } from './limits.ts';
import { RequestLimiter } from './request-limiter.ts';

const laptop = { id: 'laptop', name: 'Laptop' };
const phone = { id: 'phone', name: 'Phone' };

let limits: RequestLimits;
let now: number;
let limiter: RequestLimiter;
beforeEach(() => {
  limits = { concurrency: null, requestsPerMinute: null };
  now = 0;
  limiter = new RequestLimiter({ limitsOf: () => limits, now: () => now });
});

it('lets each requester have as many at once as it may, and counts those that leave', () => {
  limits = { concurrency: 2, requestsPerMinute: null };
  const leave = limiter.enter(laptop);
  limiter.enter(laptop);
  limiter.enter(phone);
  expect(() => limiter.enter(laptop)).toThrow('“Laptop” has 2 requests under way already');
  leave();
  limiter.enter(laptop);
  expect(() => limiter.enter(laptop)).toThrow(
    expect.objectContaining({ code: 'rate_limited', retryAfterSeconds: 1 }),
  );
});

it('says after how many seconds the next request may come, and keeps its word', () => {
  limits = { concurrency: null, requestsPerMinute: 7 };
  for (let sent = 0; sent < 7; sent += 1) limiter.enter(laptop)();
  limiter.enter(phone)();
  expect(() => limiter.enter(laptop)).toThrow(
    expect.objectContaining({
      code: 'rate_limited',
      retryAfterSeconds: 9,
      message: '“Laptop” may send 7 requests a minute and has sent them. Try again in 9 seconds.',
    }),
  );
  now = 9_000;
  limiter.enter(laptop)();
  expect(() => limiter.enter(laptop)).toThrow('Try again in 9 seconds.');
});

it('does not count what it refused', () => {
  limits = { concurrency: 1, requestsPerMinute: 2 };
  const leave = limiter.enter(laptop);
  for (let tries = 0; tries < 5; tries += 1) expect(() => limiter.enter(laptop)).toThrow('under way');
  leave();
  limiter.enter(laptop)();
  expect(() => limiter.enter(laptop)).toThrow('may send 2 requests a minute');
});

it('follows the limits as they are now', () => {
  limits = { concurrency: 1, requestsPerMinute: null };
  limiter.enter(laptop);
  expect(() => limiter.enter(laptop)).toThrow('has 1 request under way');
  limits = { concurrency: 2, requestsPerMinute: null };
  limiter.enter(laptop);
});

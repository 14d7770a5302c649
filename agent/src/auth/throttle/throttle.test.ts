import { beforeEach, describe, expect, it } from 'vitest';
import { addressGroup, Throttle } from './throttle.ts';

let now: number;
let throttle: Throttle;
beforeEach(() => {
  now = 5_000;
  throttle = new Throttle(() => now);
});

const times = (count: number, act: () => void) => Array.from({ length: count }).forEach(act);

it('stops guessing at one account from wherever it comes', () => {
  let host = 0;
  const guess = () => throttle.begin({ address: `10.0.0.${(host += 1)}`, account: 'maria' });
  times(5, guess);
  expect(guess).toThrow(expect.objectContaining({ code: 'rate_limited', retryAfterSeconds: 1 }));
  throttle.begin({ address: '10.0.0.99', account: 'otto' });
});

it('stops one address whatever it guesses at', () => {
  let account = 0;
  const guess = () => throttle.begin({ address: '10.0.0.1', account: `name ${(account += 1)}` });
  times(10, guess);
  expect(guess).toThrow('Too many tries');
  throttle.begin({ address: '10.0.0.2', account: 'maria' });
});

it('keeps its word about when the next try may come', () => {
  const guess = () => throttle.begin({ address: '10.0.0.1', account: 'maria' });
  times(6, () => {
    try {
      guess();
    } catch {
      now += 1_000;
      guess();
    }
  });
  expect(guess).toThrow('Try again in 2 seconds');
  now += 2_000;
  guess();
});

it('forgives an account its wrong tries once the right one comes', () => {
  const right = { address: '10.0.0.1', account: 'maria' };
  times(5, () => throttle.begin({ ...right, address: '10.0.0.7' }));
  now += 1_000;
  throttle.begin(right);
  throttle.succeeded(right);
  times(5, () => throttle.begin(right));
});

describe('addresses', () => {
  it.each([
    ['192.168.1.20', '192.168.1.20'],
    ['::ffff:192.168.1.20', '192.168.1.20'],
    ['::1', '::1'],
    [null, 'unknown'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['fe80::1%en0', 'fe80:0:0:0'],
  ])('%s counts as %s', (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });
});

import { expect, it } from 'vitest';
import { contextWish } from './context-wish.ts';

it('grows in steps that hold for a while, up to what the model was made for', () => {
  const largest = 131_072;
  expect(contextWish({ asked: 40_000, before: 0, largest })).toBe(65_536);
  expect(contextWish({ asked: 48_000, before: 65_536, largest })).toBe(65_536);
  expect(contextWish({ asked: 8_192, before: 65_536, largest })).toBe(65_536);
  expect(contextWish({ asked: 1_000_000, before: 0, largest })).toBe(largest);
  expect(contextWish({ asked: 0, before: 0, largest })).toBe(0);
});

it('is nothing where somebody chose the context', () => {
  expect(contextWish({ asked: 40_000, before: 65_536, largest: 0 })).toBe(0);
});

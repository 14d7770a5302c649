import { expect, it } from 'vitest';
import { afterFailure, afterMeasure, oneConnection, type Connections } from './connections.ts';

/** Measures a link on which so many connections bring so much. */
function settle(bringing: (connections: number) => number, rounds = 12, most = 8): Connections {
  let state = oneConnection;
  for (let round = 0; round < rounds; round += 1)
    state = afterMeasure(state, { bytesPerSecond: bringing(state.target), now: round * 700, most });
  return state;
}

it('grows while one more brings more, up to the most that may be', () => {
  expect(settle((count) => count * 1e6).target).toBe(8);
  expect(settle((count) => count * 1e6, 12, 3).target).toBe(3);
});

it('stays at what the link rewards', () => {
  expect(settle((count) => Math.min(count, 3) * 1e6).target).toBe(3);
  expect(settle(() => 1e6).target).toBe(1);
});

it('tries again after a while, for the link may have changed', () => {
  const state = settle(() => 1e6);
  expect(afterMeasure(state, { bytesPerSecond: 1e6, now: state.holdUntil, most: 8 }).target).toBe(2);
});

it('backs off after a failure, and holds as long as the server asked', () => {
  const state = afterFailure({ target: 8, before: 5, holdUntil: 0 }, 1_000, 60_000);
  expect(state).toEqual({ target: 4, before: null, holdUntil: 61_000 });
  expect(afterMeasure(state, { bytesPerSecond: 9e9, now: 60_999, most: 8 })).toBe(state);
  expect(afterFailure({ ...state, target: 1 }, 0).target).toBe(1);
});

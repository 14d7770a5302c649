import { expect, test } from 'vitest';
import { groupByDay } from './day-groups.ts';

test('conversations are grouped by the day of their last use, latest first', () => {
  const summary = (id: string, updatedAt: number) => ({ id, title: id, updatedAt });
  const days = new Map([
    [4, 0],
    [3, 0],
    [2, 1],
    [1, 30],
  ]);
  const groups = groupByDay(
    [summary('old', 1), summary('now', 4), summary('yesterday', 2), summary('morning', 3)],
    (at) => days.get(at) ?? 0,
  );
  expect(groups.map(({ heading, items }) => [heading, items.map(({ id }) => id)])).toEqual([
    ['Today', ['now', 'morning']],
    ['Yesterday', ['yesterday']],
    ['Earlier', ['old']],
  ]);
});

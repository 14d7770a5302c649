import type { LoadStage } from '@impetus/contracts';
import { expect, it } from 'vitest';
import { steadyProgress } from './progress.ts';

it('only ever rises, in steps worth a message, and always tells that a stage is done', () => {
  const heard: [LoadStage, number][] = [];
  const report = steadyProgress((stage, fraction) => heard.push([stage, fraction]));
  report('weights', 0.5);
  report('weights', 0.501);
  report('weights', 1);
  report('context', 0);
  report('context', 0.3);
  report('weights', 0.9);
  report('context', 1);
  expect(heard).toEqual([
    ['weights', 0.5],
    ['weights', 1],
    ['context', 0.3],
    ['context', 1],
  ]);
});

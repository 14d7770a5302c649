import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, sendExamples, sendMutated, type Outcome, type Target } from './fuzz/run.ts';

/** Enough to meet every endpoint and every kind of mutation; `npm run fuzz` sends thousands. */
const requests = 150;
const sideBySide = 4;

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target[Symbol.asyncDispose]());

const problemsOf = (outcomes: readonly Outcome[]) =>
  outcomes
    .filter(({ problem }) => problem !== null)
    .map(({ number, example, kind, problem }) => `${number} ${example.path}, ${kind}: ${problem}`);

describe('requests that are not as they should be', () => {
  it('are answered in form, and none is lost, hangs or tells of the inside', async () => {
    const outcomes: Outcome[] = [];
    for (let from = 1; from <= requests; from += sideBySide) {
      const numbers = Array.from({ length: sideBySide }, (_, index) => from + index);
      outcomes.push(...(await Promise.all(numbers.map((number) => sendMutated(target, number)))));
    }
    expect(problemsOf(outcomes)).toEqual([]);
    const statuses = new Set(
      outcomes.map(({ reply }) => (reply.kind === 'answer' ? reply.status : reply.kind)),
    );
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 'left']));
  });

  it('leave the agent as well as before', async () => {
    expect(problemsOf(await sendExamples(target))).toEqual([]);
    expect(target.agent.stderr()).toBe('');
  });
});

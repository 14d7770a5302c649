import type { ConformanceEvent } from '@impetus/contracts/conformance';
import { expect, it } from 'vitest';
import { foldTest, missingFor, untested, verdict, type TestLine } from './self-test.ts';

const line = (check: TestLine['check'], outcome: 'pass' | 'fail' | 'unavailable'): ConformanceEvent => ({
  kind: 'line',
  check,
  outcome,
  words: 'So it was.',
  ms: 5,
});
const fold = (...events: ConformanceEvent[]) => events.reduce(foldTest, untested);
const states = (lines: readonly TestLine[]) => lines.slice(0, 3).map(({ state }) => state);

it('goes on line by line', () => {
  expect(states(fold())).toEqual(['waiting', 'waiting', 'waiting']);
  const begun = fold({ kind: 'begin', check: 'models' });
  expect(states(begun)).toEqual(['working', 'waiting', 'waiting']);
  const next = [line('models', 'pass'), { kind: 'begin', check: 'stream' } as const].reduce(foldTest, begun);
  expect(states(next)).toEqual(['pass', 'working', 'waiting']);
  expect(next[0]).toEqual({ check: 'models', state: 'pass', words: 'So it was.' });
});

it('begins anew when the connection was lost in between', () => {
  const again = fold(line('models', 'pass'), line('stream', 'fail'), { kind: 'begin', check: 'models' });
  expect(states(again)).toEqual(['working', 'waiting', 'waiting']);
});

it('says what a tool misses, and nothing of what it does not need', () => {
  const lines = fold(
    line('models', 'pass'),
    line('stream', 'pass'),
    line('tools', 'fail'),
    line('fim', 'unavailable'),
  );
  expect(missingFor({ needs: ['stream', 'tools', 'fim'] }, lines)).toEqual(['tools', 'fim']);
  expect(verdict({ name: 'curl', needs: ['stream'] }, lines)).toBe('curl has all that it needs.');
  expect(verdict({ name: 'Continue', needs: ['stream', 'tools', 'fim'] }, lines)).toBe(
    'Continue needs more than it found: Tools and Filling gaps (FIM).',
  );
});

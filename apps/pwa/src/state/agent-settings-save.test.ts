import { expect, test } from 'vitest';
import { saveOutcome } from './agent-settings-save.ts';

test('a setting that nobody else touched is saved', () => {
  expect(saveOutcome({ shown: 256, stored: 256, wanted: 12 })).toEqual({ kind: 'saved' });
});

test('a setting that another screen changed meanwhile is not overwritten unseen', () => {
  expect(saveOutcome({ shown: 256, stored: 20, wanted: 12 })).toEqual({ kind: 'conflict', wanted: 12 });
  expect(saveOutcome({ shown: null, stored: 20, wanted: null })).toEqual({ kind: 'conflict', wanted: null });
});

test('two screens that chose the same are of one mind', () => {
  expect(saveOutcome({ shown: false, stored: true, wanted: true })).toEqual({ kind: 'saved' });
});

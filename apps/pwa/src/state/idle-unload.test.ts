import { idleUnloadSchema } from '@impetus/contracts/model-settings';
import { expect, test } from 'vitest';
import { idleChoices, idleFrom, idleKey, idleWords } from './idle-unload.ts';

test.each([...idleChoices, 7.5])('%j can be chosen and is read back', (choice) => {
  expect(idleUnloadSchema.safeParse(choice).success).toBe(true);
  expect(idleFrom(idleKey(choice))).toBe(choice);
});

test('each choice has words of its own', () => {
  expect(idleChoices.map(idleWords)).toEqual([
    'At once',
    'After 5 min',
    'After 15 min',
    'After 30 min',
    'After 1 h',
    'After 4 h',
    'After 1 d',
    'Never',
  ]);
});

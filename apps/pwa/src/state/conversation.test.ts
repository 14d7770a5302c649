import { expect, test } from 'vitest';
import { newAnswer } from './answer.ts';
import {
  before,
  defaultSettings,
  lastQuestion,
  newConversation,
  titleFrom,
  withQuestion,
  type Conversation,
} from './conversation.ts';

function conversation(): Conversation {
  return newConversation({ id: 'c', now: 1, model: null, settings: defaultSettings });
}

test('the title is the first line of the first question, cut at a word', () => {
  expect(titleFrom('  How does   a bicycle\nstay upright?')).toBe('How does a bicycle');
  expect(titleFrom('word '.repeat(30))).toBe(`${'word '.repeat(11)}word…`);
  expect(titleFrom('x'.repeat(80))).toBe(`${'x'.repeat(60)}…`);
  expect(titleFrom(' \n ')).toBe('New conversation');
});

test('only the first question gives the title', () => {
  const first = withQuestion(conversation(), { role: 'user', id: 'q1', text: 'First' }, 5);
  const second = withQuestion(first, { role: 'user', id: 'q2', text: 'Second' }, 9);
  expect(second).toMatchObject({ title: 'First', updatedAt: 9 });
  expect(lastQuestion(second.turns)?.text).toBe('Second');
});

test('a title that was given by hand stays', () => {
  const named: Conversation = { ...conversation(), title: 'Mine', isNamed: true };
  expect(withQuestion(named, { role: 'user', id: 'q', text: 'Another first' }, 5).title).toBe('Mine');
});

test('going back to before a turn drops it and what follows', () => {
  const full: Conversation = {
    ...conversation(),
    turns: [
      { role: 'user', id: 'q1', text: 'One' },
      { ...newAnswer({ id: 'a1', model: 'm', now: 2 }), text: '1' },
      { role: 'user', id: 'q2', text: 'Two' },
      { ...newAnswer({ id: 'a2', model: 'm', now: 3 }), text: '2' },
    ],
  };
  expect(before(full, 'q2').turns.map(({ text }) => text)).toEqual(['One', '1']);
  expect(before(full, 'unknown')).toBe(full);
});

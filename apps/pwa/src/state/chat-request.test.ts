import { expect, test } from 'vitest';
import { newAnswer, type Answer } from './answer.ts';
import { toRequest } from './chat-request.ts';
import { defaultSettings, newConversation, withQuestion, type Conversation } from './conversation.ts';

function conversation(settings = defaultSettings): Conversation {
  return newConversation({ id: 'c', now: 1, model: null, settings });
}

function answer(text: string, status: Answer['status'] = { kind: 'done', reason: 'stop' }): Answer {
  return { ...newAnswer({ id: `a-${text}`, model: 'm', now: 2 }), text, status };
}

test('a request holds the system prompt and turns that alternate', () => {
  const talk: Conversation = {
    ...conversation({ temperature: 0.2, maxTokens: 64, systemPrompt: ' Be brief. ' }),
    turns: [
      { role: 'user', id: 'q1', text: 'One' },
      answer('', { kind: 'stopped' }),
      { role: 'user', id: 'q2', text: 'Two' },
      answer('2'),
      { role: 'user', id: 'q3', text: 'Three' },
    ],
  };
  expect(toRequest(talk, 'm')).toEqual({
    model: 'm',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'One\n\nTwo' },
      { role: 'assistant', content: '2' },
      { role: 'user', content: 'Three' },
    ],
    sampling: { temperature: 0.2 },
    maxTokens: 64,
  });
});

test('without settings a request leaves everything to the model', () => {
  const talk = withQuestion(conversation(), { role: 'user', id: 'q', text: 'Hi' }, 2);
  expect(toRequest(talk, 'm')).toEqual({
    model: 'm',
    messages: [{ role: 'user', content: 'Hi' }],
    sampling: {},
  });
});

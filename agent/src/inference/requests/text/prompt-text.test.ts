import { expect, it } from 'vitest';
import type { Prompt } from '@impetus/contracts';
import { promptText } from './prompt-text.ts';

const ask = (prompt: Prompt) => promptText({ prompt, sampling: {}, maxTokens: null, stop: [] });

it('reads as the conversation that it was', () => {
  const messages = [
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'Hello\nyou' },
  ] as const;
  expect(ask({ kind: 'chat', messages })).toBe('system:\nBe kind.\n\nuser:\nHello\nyou');
});

it('is the text itself, or its tokens', () => {
  expect(ask({ kind: 'text', text: 'Once' })).toBe('Once');
  expect(ask({ kind: 'tokens', tokens: [1, 2] })).toBe('tokens: 1 2');
  expect(promptText(['one', [3, 4]])).toBe('one\n\ntokens: 3 4');
});

import { expect, it } from 'vitest';
import { withSourceDefaults } from './source-defaults.ts';

const facts = {
  template: null,
  system: 'Be kind.',
  sampling: { temperature: 0.2, topK: 5 },
  stop: ['<|end|>'],
  contextSize: null,
};

it('fills in what the owner did not choose', () => {
  expect(withSourceDefaults({ sampling: { temperature: 1 }, systemPrompt: null }, facts)).toEqual({
    sampling: { temperature: 1, topK: 5 },
    systemPrompt: 'Be kind.',
    stop: ['<|end|>'],
  });
});

it('lets the owner take a system prompt away', () => {
  expect(withSourceDefaults({ sampling: {}, systemPrompt: '' }, facts).systemPrompt).toBe('');
  expect(withSourceDefaults({ sampling: {}, systemPrompt: null }, null)).toEqual({
    sampling: {},
    systemPrompt: null,
    stop: [],
  });
});

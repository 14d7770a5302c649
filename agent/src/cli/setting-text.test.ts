import { expect, it } from 'vitest';
import { formatSetting } from './setting-text.ts';

it.each([
  ['contextSize', null, 'automatic'],
  ['contextSize', 8192, '8192'],
  ['chatTemplate', null, 'the model’s own'],
  ['requestTimeoutSeconds', null, 'no limit'],
  ['idleUnload', null, 'as the agent'],
  ['idleUnload', 'never', 'never'],
  ['idleUnload', 0, 'as soon as it is idle'],
  ['idleUnload', 30, 'after 30 minutes'],
  ['memoryLimitBytes', 8_000_000_000, '8.0 GB'],
  ['pinned', false, 'no'],
  ['aliases', [], 'none'],
  ['aliases', ['a', 'b'], 'a, b'],
  ['adapters', [{ path: '/a.gguf', scale: 1 }], '{"path":"/a.gguf","scale":1}'],
  ['sampling', {}, 'none'],
  ['sampling', { temperature: 0.5, topK: 3 }, 'temperature 0.5, topK 3'],
  ['systemPrompt', 'Be kind.\nAlways.', 'Be kind. Always.'],
  ['systemPrompt', 'x'.repeat(80), `${'x'.repeat(72)}… (80 characters)`],
])('%s %j reads %s', (name, value, text) => {
  expect(formatSetting(name, value)).toBe(text);
});

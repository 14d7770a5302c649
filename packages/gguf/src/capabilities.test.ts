import { expect, it } from 'vitest';
import { capabilitiesOf } from './capabilities.ts';
import type { GgufDescription } from './describe.ts';

const of = (change: Partial<GgufDescription>) =>
  capabilitiesOf({ kind: 'chat', fillsInMiddle: false, ...change } as GgufDescription);

it.each([
  ['a plain template', { chatTemplate: '{{ messages[0].content }}' }, ['chat']],
  ['tools', { chatTemplate: '{%- if tools %}# Tools{% endif %}' }, ['chat', 'tools']],
  ['the word alone', { chatTemplate: 'You have no tools. {{ messages }}' }, ['chat']],
  ['thinking', { chatTemplate: '{% if enable_thinking %}<think>{% endif %}' }, ['chat', 'reasoning']],
  ['images', { chatTemplate: "{% if content.type == 'image' %}<|vision_start|>" }, ['chat', 'vision']],
  ['an architecture with eyes', { architecture: 'gemma3', chatTemplate: '' }, ['chat', 'vision']],
  ['code to fill in', { kind: 'completion', fillsInMiddle: true }, ['fim']],
  ['an encoder', { kind: 'embedding' }, ['embeddings']],
  ['a ranker', { kind: 'rerank' }, ['rerank']],
  ['an adapter', { kind: 'adapter', chatTemplate: '{% if tools %}' }, []],
] as const)('reads %s', (_, change, capabilities) => {
  expect(of(change as Partial<GgufDescription>)).toEqual(capabilities);
});

import { expect, test } from 'vitest';
import { defaultModelSettings, type ModelSettings } from '@impetus/contracts/model-settings';
import { contextSteps, nearestStep, sameDraft, toDraft, type SettingsDraft } from './settings-draft.ts';
import { changedSettings, memorySettings, readDraft } from './settings-parse.ts';

const full: ModelSettings = {
  contextSize: 8_192,
  sequences: 2,
  batchSize: 256,
  threads: 4,
  gpuLayers: 0,
  flashAttention: false,
  kvType: 'q8_0',
  sampling: { temperature: 0.7, topK: 0, seed: 7 },
  idleUnload: 15,
  pinned: true,
  preload: true,
  aliases: ['gpt-4o', 'coder'],
  systemPrompt: 'Be brief.',
  chatTemplate: '{{ messages }}',
  speculation: 'draft',
  draftModel: 'small',
  adapters: [{ path: '/a.gguf', scale: 0.5 }],
};
const empty = toDraft(defaultModelSettings);
const errorsOf = (some: Partial<SettingsDraft>): object => readDraft({ ...empty, ...some }).errors;

test.each([
  defaultModelSettings,
  full,
  { ...full, idleUnload: 'never' } as const,
  { ...full, idleUnload: 0 },
])('settings survive the way into the fields and back', (settings) => {
  expect(readDraft(toDraft(settings))).toEqual({ settings, errors: {} });
});

test('numbers are read however they are written', () => {
  const { settings, errors } = readDraft({
    ...empty,
    contextSize: '8,192',
    batchSize: ' 1 024 ',
    sampling: { ...empty.sampling, temperature: '0,7' },
  });
  expect(errors).toEqual({});
  expect(settings).toMatchObject({ contextSize: 8_192, batchSize: 1_024, sampling: { temperature: 0.7 } });
});

test.each<[Partial<SettingsDraft>, object]>([
  [{ contextSize: '64' }, { contextSize: 'Enter 128 or more.' }],
  [{ contextSize: 'much' }, { contextSize: 'Enter a number.' }],
  [{ sequences: '2.5' }, { sequences: 'Enter a whole number.' }],
  [{ sequences: '65' }, { sequences: 'Enter 64 or less.' }],
  [
    { idle: 'minutes', idleMinutes: 'soon' },
    { idleUnload: 'Choose “never”, or minutes from 0 to 10080 (a week).' },
  ],
  [
    { aliases: 'good, b?d' },
    { aliases: '“b?d”: An alias has letters, digits and . : / @ + - _ alone, and * at its end.' },
  ],
  [{ sampling: { ...empty.sampling, topP: '2' } }, { 'sampling.topP': 'Enter 1 or less.' }],
  [
    { adapters: [{ path: '', scale: '' }] },
    {
      'adapters.0.path': 'An adapter needs the path of its GGUF file.',
      'adapters.0.scale': 'Enter a number.',
    },
  ],
  [{ systemPrompt: 'a'.repeat(40_000) }, { systemPrompt: 'At most 32,768 characters.' }],
  [{ speculation: 'draft' }, { draftModel: 'Choose the model that guesses.' }],
])('what is wrong stands by its field: %o', (some, errors) => {
  expect(errorsOf(some)).toEqual(errors);
});

test('what is valid is read even where something else is not', () => {
  const { settings } = readDraft({ ...empty, contextSize: '4096', sequences: 'many' });
  expect(settings).toMatchObject({ contextSize: 4_096, pinned: false });
  expect(settings).not.toHaveProperty('sequences');
});

test('only what differs is sent', () => {
  const entered = readDraft({ ...toDraft(full), contextSize: '', aliases: 'coder' }).settings;
  expect(changedSettings(full, entered)).toEqual({ contextSize: null, aliases: ['coder'] });
  expect(changedSettings(full, readDraft(toDraft(full)).settings)).toEqual({});
});

test('a system prompt is no reason to reckon the memory again', () => {
  expect(memorySettings({ contextSize: 512, systemPrompt: 'a', chatTemplate: 'b' })).toEqual({
    contextSize: 512,
  });
});

test('drafts are compared by what they say', () => {
  expect(sameDraft(empty, toDraft(defaultModelSettings))).toBe(true);
  expect(sameDraft(empty, { ...empty, pinned: true })).toBe(false);
});

test('the context doubles from step to step, up to what the model was trained for', () => {
  expect(contextSteps(4_000)).toEqual([512, 1_024, 2_048, 4_000]);
  expect(contextSteps(256)).toEqual([256]);
  expect(contextSteps(null).at(-1)).toBe(131_072);
  expect(nearestStep([512, 1_024, 2_048], 1_500)).toBe(1);
  expect(nearestStep([512, 1_024, 2_048], 9_999)).toBe(2);
});

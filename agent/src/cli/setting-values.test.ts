import {
  agentSettingsSchema,
  defaultAgentSettings,
  defaultModelSettings,
  modelSettingsSchema,
} from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import { readAssignments } from './setting-values.ts';

const read = (...assignments: string[]) =>
  readAssignments(assignments, {
    schema: modelSettingsSchema,
    current: { ...defaultModelSettings, sampling: { temperature: 0.1, topK: 3 } },
    defaults: defaultModelSettings,
  });

describe('assignments', () => {
  it.each([
    ['contextSize=8192', { contextSize: 8192 }],
    ['kvType=q8_0', { kvType: 'q8_0' }],
    ['idleUnload=never', { idleUnload: 'never' }],
    ['idleUnload=15', { idleUnload: 15 }],
    ['pinned=true', { pinned: true }],
    ['aliases=a, b', { aliases: ['a', 'b'] }],
    ['aliases=8', { aliases: ['8'] }],
    ['systemPrompt=true', { systemPrompt: 'true' }],
    ['systemPrompt=Say a=b, please.', { systemPrompt: 'Say a=b, please.' }],
    ['systemPrompt={"not": "read"}', { systemPrompt: '{"not": "read"}' }],
    ['adapters=[{"path":"/a.gguf"}]', { adapters: [{ path: '/a.gguf', scale: 1 }] }],
    ['contextSize=', { contextSize: null }],
    ['aliases=', { aliases: [] }],
    ['pinned=', { pinned: false }],
    ['sampling=', { sampling: {} }],
    ['sampling.temperature=0.7', { sampling: { temperature: 0.7, topK: 3 } }],
    ['sampling.topK=', { sampling: { temperature: 0.1 } }],
  ])('%s', (assignment, changes) => {
    expect(read(assignment)).toEqual(changes);
  });

  it('add up', () => {
    expect(read('threads=2', 'sampling.seed=1', 'sampling.topK=9')).toEqual({
      threads: 2,
      sampling: { temperature: 0.1, topK: 9, seed: 1 },
    });
  });
});

describe('mistakes', () => {
  it.each([
    ['contextSize=5', "'contextSize' must be at least 128."],
    ['contextSize=much', "'contextSize' must be a number, but a string was sent."],
    ['kvType=q5', '\'kvType\' must be one of "f16", "q8_0", "q4_0".'],
    ['pinned=maybe', "'pinned' must be a boolean, but a string was sent."],
    ['idleUnload=soon', "'idleUnload' is not valid: Choose “never”, or minutes from 0 to 10080 (a week)."],
    [
      'aliases=a,b c',
      "'aliases[1]' is not valid: An alias has letters, digits and . : / @ + - _ alone, and * at its end.",
    ],
    ['sampling.temperature=9', "'sampling.temperature' must be at most 2."],
    ['sampling.heat=1', /^There is no setting “sampling\.heat”\. There are: temperature,/u],
    ['pinned.much=1', /^There is no setting “pinned\.much”\./u],
    ['contxtSize=1', /^There is no setting “contxtSize”\. There are: contextSize,/u],
    ['toString=1', /^There is no setting “toString”\./u],
    ['contextSize', '“contextSize” is no setting; write name=value.'],
    ['=1', '“=1” is no setting; write name=value.'],
  ])('%s', (assignment, message) => {
    expect(() => read(assignment)).toThrow(message);
  });
});

it('fits the settings of the agent too', () => {
  const settings = { schema: agentSettingsSchema, current: defaultAgentSettings };
  expect(
    readAssignments(['memoryLimitBytes=8000000000', 'captureText=true', 'queueLength='], {
      ...settings,
      defaults: defaultAgentSettings,
    }),
  ).toEqual({ memoryLimitBytes: 8_000_000_000, captureText: true, queueLength: 256 });
});

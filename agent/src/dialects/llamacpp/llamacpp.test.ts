import type { AnswerEnd, ModelEntry, RunnerStatus, StateEvent } from '@impetus/contracts';
import { llamaCompletionBody, llamaInfillBody } from '@impetus/contracts/llamacpp';
import { describe, expect, it } from 'vitest';
import { modelEvents } from './models/events.ts';
import { toProps, toSlots } from './models/props.ts';
import { whole } from './text/format.ts';
import { toCompletion, toInfill } from './text/request.ts';
import { meantModel } from './which-model.ts';

const entry = {
  id: 'm',
  name: 'Model',
  kind: 'chat',
  format: 'gguf',
  path: '/Users/me/models/m.gguf',
  architecture: 'qwen2',
  quant: 'Q4_K_M',
  contextLength: 32_768,
  capabilities: ['chat', 'tools', 'vision'],
  origin: { repo: 'owner/name', revision: null },
  problem: null,
} as unknown as ModelEntry;
const runner = {
  modelId: 'm',
  state: 'ready',
  contextSize: 8_192,
  sequences: 2,
  active: 1,
  progress: null,
  error: null,
} as unknown as RunnerStatus;

describe('requests for text', () => {
  it('become the agent’s own', () => {
    const body = llamaCompletionBody.parse({
      prompt: 'Once',
      n_predict: -1,
      stop: ['x', ''],
      seed: -1,
      repeat_last_n: -1,
      logit_bias: [
        [5, false],
        [6, 1.5],
      ],
      n_probs: 2,
      json_schema: { type: 'integer' },
    });
    expect(toCompletion(body)).toMatchObject({
      prompt: { kind: 'text', text: 'Once' },
      maxTokens: null,
      stop: ['x'],
      sampling: { repeatLastN: 4_096 },
      logprobs: 2,
      logitBias: [
        [5, -100],
        [6, 1.5],
      ],
      grammar: expect.stringContaining('root'),
    });
    expect(toCompletion(llamaCompletionBody.parse({ prompt: [1, 2] })).prompt).toEqual({
      kind: 'tokens',
      tokens: [1, 2],
    });
    expect(llamaCompletionBody.safeParse({ prompt: ['a', 'b'] }).success).toBe(false);
  });

  it('fill gaps with what is around them', () => {
    const body = llamaInfillBody.parse({
      input_prefix: 'a',
      prompt: 'b',
      input_suffix: 'c',
      input_extra: [{ filename: 'x.ts', text: 'd' }],
    });
    expect(toInfill(body).prompt).toEqual({
      kind: 'infill',
      prefix: 'ab',
      suffix: 'c',
      files: [{ path: 'x.ts', text: 'd' }],
    });
  });

  it('tell how the answer ended', () => {
    const end = {
      reason: 'stop',
      usage: { promptTokens: 5, cachedTokens: 2, completionTokens: 3 },
      timings: { prefillMs: 1, decodeMs: 2 },
    } as AnswerEnd;
    const told = (more: Partial<AnswerEnd>) => whole({ content: '' }, { ...end, ...more }, { model: 'm' });
    expect(told({})).toMatchObject({ stop_type: 'eos', stopping_word: '', tokens_cached: 2 });
    expect(told({ stopString: 'x' })).toMatchObject({ stop_type: 'word', stopping_word: 'x' });
    expect(told({ reason: 'length' })).toMatchObject({ stop_type: 'limit', timings: { prompt_n: 3 } });
  });
});

describe('a model', () => {
  const rest = { contextSize: 8_192, sequences: 2, chatTemplate: null, engine: 'x' };

  it('tells its context and what it can do, and no path', () => {
    const props = toProps({ entry, runner, ...rest });
    expect(props).toMatchObject({
      default_generation_settings: { n_ctx: 8_192 },
      modalities: { vision: false },
      chat_template_caps: { supports_tool_calls: true },
      is_sleeping: false,
    });
    expect(JSON.stringify(props)).not.toContain('/Users');
    expect(toProps({ entry, runner: null, ...rest })).toMatchObject({ is_sleeping: true });
    expect(toSlots(runner).map(({ is_processing: busy }) => busy)).toEqual([true, false]);
  });

  it('is the one that is meant where only one can be', () => {
    const other = { ...entry, id: 'n' };
    const parts = (models: readonly ModelEntry[], loaded: readonly string[], chosen: string | null) =>
      ({
        catalogue: { list: () => models, find: (id: string) => models.find((model) => model.id === id) },
        inference: { runners: () => loaded.map((modelId) => ({ ...runner, modelId })) },
        settings: { defaultModel: () => chosen },
      }) as unknown as Parameters<typeof meantModel>[0];
    expect(meantModel(parts([entry], [], null))?.id).toBe('m');
    expect(meantModel(parts([entry, other], [], null))).toBeUndefined();
    expect(meantModel(parts([entry, other], ['n'], null))?.id).toBe('n');
    expect(meantModel(parts([entry, other], ['m', 'n'], null))).toBeUndefined();
    expect(meantModel(parts([entry, other], ['n'], 'm'))?.id).toBe('m');
  });
});

it('watchers of models hear each stage once', async () => {
  const status = (more: Partial<RunnerStatus>) =>
    ({ type: 'runner', runner: { ...runner, ...more } }) as StateEvent;
  async function* feed() {
    for (const event of [
      status({ state: 'starting', progress: 0.5 }),
      status({ state: 'starting', progress: 0.5, residentBytes: 9 }),
      status({}),
      status({ tokensPerSecond: 5 }),
      { type: 'default-model', modelId: 'm' } as StateEvent,
      { type: 'runner-gone', modelId: 'm' } as StateEvent,
      { type: 'models', changed: [], removed: ['m'] } as StateEvent,
    ])
      yield { event };
  }
  expect(await Array.fromAsync(modelEvents(feed()))).toEqual([
    {
      model: 'm',
      event: 'status_change',
      data: { status: 'loading', progress: { stages: ['text_model'], current: 'text_model', value: 0.5 } },
    },
    { model: 'm', event: 'status_change', data: { status: 'loaded' } },
    { model: 'm', event: 'status_change', data: { status: 'unloaded' } },
    { model: 'm', event: 'model_remove', data: {} },
  ]);
});

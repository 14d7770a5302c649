import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultModelSettings, type ModelSettings, type Prompt } from '@impetus/contracts';
import { writeGgufFile, type Metadata, type TensorContents } from '@impetus/gguf';
import { needsSharedModels, samplePath, sharedModels, temporaryFolder } from '@impetus/test-kit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Agent } from '../src/agent.ts';
import { startWholeAgent } from './support/whole-agent.ts';

// A model is loaded anew for each thing that it writes.
vi.setConfig({ testTimeout: 60_000 });

const requester = { id: 'test', name: 'Test' };
const origin = { dialect: 'openai', endpoint: '/v1/completions', streamed: true } as const;
const text: Prompt = { kind: 'text', text: 'The house stands by the sea, and the house' };
const chat: Prompt = { kind: 'chat', messages: [{ role: 'user', content: 'Tell me about this house.' }] };

const stack = new AsyncDisposableStack();
let folder = '';
let agent: Agent;

beforeAll(async () => {
  folder = stack.use(await temporaryFolder()).path;
  const models = join(folder, 'models');
  await mkdir(models);
  for (const id of ['a', 'twin']) await cp(await samplePath(), join(models, `${id}.gguf`));
  if (sharedModels !== null) {
    await cp(join(sharedModels, 'stories260K-q8_0.gguf'), join(models, 'stranger.gguf'));
  }
  agent = stack.use(await startWholeAgent({ home: folder, models, contextSize: '2048' }));
});
afterAll(() => stack.disposeAsync());

/** Loads `a` anew with these settings and lets it write, always the same way. */
async function write(settings: Partial<ModelSettings>, prompt: Prompt = text): Promise<string> {
  const { inference, modelSettings } = agent.context.services;
  await inference.unloadAll();
  await modelSettings.update('a', { ...defaultModelSettings, ...settings });
  const input = { prompt, sampling: { temperature: 0, seed: 1 }, maxTokens: 24, stop: [], ignoreEnd: true };
  const { signal } = new AbortController();
  let answer = '';
  for await (const event of inference.generate({ modelId: 'a', requester, origin, input, signal })) {
    if (event.kind === 'delta') answer += event.text;
  }
  return answer;
}

let written: Promise<string> | undefined;

/** What it writes without any settings, to compare with: the same each time. */
function writePlain(): Promise<string> {
  written ??= write({});
  return written;
}

describe('the KV type', () => {
  it.each(['q8_0', 'q4_0'] as const)('%s still writes', async (kvType) => {
    expect(await write({ kvType })).not.toBe('');
  });

  it('takes less memory with fewer bits', async () => {
    const { inference } = agent.context.services;
    const kvBytes = async (kvType: ModelSettings['kvType']) =>
      (await inference.plan('a', { kvType, contextSize: 32_768 })).estimate.kvBytes;
    expect(await kvBytes('q8_0')).toBeLessThan((await kvBytes('f16')) * 0.6);
  });

  it('that needs flash attention is refused where that is off', async () => {
    await expect(write({ kvType: 'q8_0', flashAttention: false })).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(/needs flash attention, which is off in the settings of a/u),
    });
  });
});

describe('guessing ahead', () => {
  it('from the prompt changes nothing of what is written', async () => {
    expect(await write({ speculation: 'prompt-lookup' })).toBe(await writePlain());
  });

  it('with a draft model changes nothing of what is written', async () => {
    const settings = { speculation: 'draft', draftModel: 'twin' } as const;
    expect(await write(settings)).toBe(await writePlain());
    const { inference } = agent.context.services;
    const [alone, together] = await Promise.all([
      inference.plan('a', defaultModelSettings),
      inference.plan('a', settings),
    ]);
    expect(together.estimate.totalBytes).toBeGreaterThan(alone.estimate.totalBytes + 3_000_000);
  });

  it('with a draft model that is not there is refused by its name', async () => {
    await expect(write({ speculation: 'draft', draftModel: 'gone' })).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(/no usable model “gone”/u),
    });
  });

  it.skipIf(sharedModels === null)(
    `with a draft model of another vocabulary is refused${needsSharedModels}`,
    async () => {
      await expect(write({ speculation: 'draft', draftModel: 'stranger' })).rejects.toMatchObject({
        code: 'model_load_failed',
        message: expect.stringMatching(/their vocabularies differ/u),
      });
    },
  );
});

describe('a chat template of its owner', () => {
  it('takes the place of the one that the model brought', async () => {
    const own = await write({}, chat);
    expect(await write({ chatTemplate: 'The sea, the sea, the' }, chat)).not.toBe(own);
  });

  it('that is broken is told to whoever chats; a text is continued nevertheless', async () => {
    const broken = { chatTemplate: '{% if %}' };
    await expect(write(broken, chat)).rejects.toMatchObject({ code: 'invalid_request' });
    expect(await write(broken)).toBe(await writePlain());
  });
});

describe('an adapter', () => {
  it('changes what is written, as far as its scale says', async () => {
    const path = await adapter('loud.gguf', { width: 288 });
    const plain = await writePlain();
    expect(await write({ adapters: [{ path, scale: 1 }] })).not.toBe(plain);
    expect(await write({ adapters: [{ path, scale: 0 }] })).toBe(plain);
  });

  it('for another architecture is refused by its name', async () => {
    const path = await adapter('stranger.gguf', { architecture: 'qwen2', width: 288 });
    await expect(write({ adapters: [{ path, scale: 1 }] })).rejects.toMatchObject({
      code: 'model_load_failed',
      message: expect.stringMatching(/stranger\.gguf cannot be used: .*“qwen2”, and this one is “llama”/u),
    });
  });

  it.each([
    ['for a model of another size', () => adapter('small.gguf', { width: 64 })],
    ['that is not there', async () => join(folder, 'gone.gguf')],
    ['that is a model', async () => join(folder, 'models', 'twin.gguf')],
    ['that is no GGUF at all', () => file('text.gguf', 'Hello')],
  ])('%s is refused, and other models go on', async (_, make) => {
    const { inference } = agent.context.services;
    const path = await make();
    await inference.load('twin');
    const before = inference.runners().find(({ modelId }) => modelId === 'twin')?.pid;
    await agent.context.services.modelSettings.update('a', { adapters: [{ path, scale: 1 }] });
    await inference.unload('a');
    await expect(inference.load('a')).rejects.toMatchObject({ code: 'model_load_failed' });
    expect(inference.runners().find(({ modelId }) => modelId === 'twin')).toMatchObject({
      state: 'ready',
      pid: before,
    });
  });
});

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** An adapter of rank one that turns the output of a model whose stream has this width upside down. */
async function adapter(
  name: string,
  { architecture = 'llama', width }: { architecture?: string; width: number },
) {
  const path = join(folder, name);
  const metadata: Metadata = new Map([
    ['general.type', { type: 'string', value: 'adapter' }],
    ['general.architecture', { type: 'string', value: architecture }],
    ['adapter.type', { type: 'string', value: 'lora' }],
    ['adapter.lora.alpha', { type: 'float32', value: 1 }],
  ]);
  const tensor = (end: string, dimensions: readonly number[]): TensorContents => ({
    name: `output.weight.lora_${end}`,
    dimensions,
    type: 'F32',
    values: () =>
      Float32Array.from({ length: dimensions[0]! * dimensions[1]! }, (_, index) => Math.sin(index * 7) * 50),
  });
  await writeGgufFile(path, { metadata, tensors: [tensor('a', [width, 1]), tensor('b', [1, 2082])] });
  return path;
}

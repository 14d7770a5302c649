import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor, type AgentProcess } from '@impetus/test-kit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startKeyedAgent, type KeyedAgent } from './support/keyed-agent.ts';
import { AlteredModel } from './support/altered-models.ts';

// Each of these starts several runners, some of which end at once.
vi.setConfig({ testTimeout: 60_000 });

interface Answer {
  readonly choices?: readonly { readonly message: { readonly content: string } }[];
  readonly error?: { readonly message: string; readonly code: string | null };
}

const question = [{ role: 'user', content: 'Tell me about this house.' }];

let test: KeyedAgent;
let agent: AgentProcess;
let key: string;

const inModels = (name: string) => join(agent.home, 'models', name);
const sampleFile = () => join(agent.home, 'sample', 'impetus-sample.gguf');

beforeAll(async () => {
  // An empty runner looks at each model first, and some end it.
  test = await startKeyedAgent({ warm: true });
  ({ agent, key } = test);
  await mkdir(join(agent.home, 'models'), { recursive: true });
});

afterAll(() => test[Symbol.asyncDispose]());

async function ask(model: string): Promise<{ status: number; answer: Answer }> {
  const response = await fetch(`${agent.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: question, max_tokens: 8, temperature: 0 }),
  });
  return { status: response.status, answer: (await response.json()) as Answer };
}

/** The model as the agent lists it, once it has noticed the file. */
function listed(id: string): Promise<{ readonly problem: string | null }> {
  return waitFor(`${id} in the list`, async () => {
    const models = await agent.cli<{ id: string; problem: string | null }[]>('models', 'ls');
    return models.find((model) => model.id === id);
  });
}

/** Every bad model is asked while a good one is loaded, and the good one goes on answering. */
async function sampleStillAnswers(): Promise<void> {
  const { status, answer } = await ask('impetus-sample');
  expect(status).toBe(200);
  expect(answer.choices?.[0]?.message.content.length).toBeGreaterThan(3);
}

it.each([
  ['more blocks than it has', (model: AlteredModel) => model.setNumber('llama.block_count', 40)],
  ['another width', (model: AlteredModel) => model.setNumber('llama.embedding_length', 512)],
  ['no attention heads', (model: AlteredModel) => model.setNumber('llama.attention.head_count', 0)],
  [
    'heads of a size that does not fit',
    (model: AlteredModel) => model.setNumber('llama.attention.key_length', 7),
  ],
])('a model that claims %s is refused in form, and others answer', async (what, change) => {
  const id = `lie-${what.replaceAll(' ', '-')}`;
  await change(await AlteredModel.from(sampleFile())).write(inModels(`${id}.gguf`));
  await sampleStillAnswers();
  await listed(id);
  const { status, answer } = await ask(id);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(answer.error?.message).toMatch(/model|llama\.cpp|load/u);
  expect(answer.error?.message).not.toMatch(/\.ts:|node_modules/u);
  await sampleStillAnswers();
});

it('a vocabulary without byte tokens is refused before it is loaded, since llama.cpp would end on it', async () => {
  const [byteToken, normalToken] = [6, 1];
  const model = await AlteredModel.from(sampleFile());
  await model
    .replaceInArray('tokenizer.ggml.token_type', byteToken, normalToken)
    .write(inModels('no-bytes.gguf'));
  expect((await listed('no-bytes')).problem).toMatch(/no byte tokens/u);
  const { status, answer } = await ask('no-bytes');
  expect(status).toBe(400);
  expect(answer.error?.message).toMatch(/no byte tokens/u);
  await sampleStillAnswers();
});

it('weights that are not numbers end in an error that says so, and others answer', async () => {
  const model = await AlteredModel.from(sampleFile());
  await (await model.fillTensor('output_norm.weight', Number.NaN)).write(inModels('nan.gguf'));
  await listed('nan');
  const { status, answer } = await ask('nan');
  expect(status).toBeGreaterThanOrEqual(500);
  expect(answer.error?.message).toMatch(/not (a )?numbers?|damaged/u);
  await sampleStillAnswers();
});

it('a broken chat template is named as the reason, and the model still completes text', async () => {
  const model = await AlteredModel.from(sampleFile());
  await model.setText('tokenizer.chat_template', '{% for message %}').write(inModels('template.gguf'));
  await listed('template');
  const { status, answer } = await ask('template');
  expect(status).toBe(400);
  expect(answer.error?.message).toMatch(/chat template/u);
  const completion = await fetch(`${agent.url}/v1/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'template', prompt: 'The house', max_tokens: 4 }),
  });
  expect(completion.status).toBe(200);
});

it('a context larger than memory is refused before memory is gone, with what would fit', async () => {
  await copyFile(sampleFile(), inModels('wide.gguf'));
  await listed('wide');
  await agent.cli('models', 'set', 'wide', 'contextSize=16000000', 'sequences=64');
  const { status, answer } = await ask('wide');
  expect(status).toBe(503);
  expect(answer.error?.code).toBe('insufficient_memory');
  expect(answer.error?.message).toMatch(/GB.*GB.*context/su);
  await sampleStillAnswers();
});

it('a file that vanishes while its model is loaded: it answers on or says so, and the next load names it', async () => {
  await copyFile(sampleFile(), inModels('vanishing.gguf'));
  await listed('vanishing');
  expect((await ask('vanishing')).status).toBe(200);
  await rm(inModels('vanishing.gguf'));
  await waitFor('the list without it', async () => {
    const models = await agent.cli<{ id: string }[]>('models', 'ls');
    return models.every(({ id }) => id !== 'vanishing');
  });
  const { status, answer } = await ask('vanishing');
  expect(status).toBe(404);
  expect(answer.error?.message).toMatch(/vanishing/u);
  await sampleStillAnswers();
});

it('an adapter that is none for this model is refused by name', async () => {
  await copyFile(sampleFile(), inModels('adapted.gguf'));
  await listed('adapted');
  await agent.cli('models', 'set', 'adapted', `adapters=[{"path":${JSON.stringify(sampleFile())}}]`);
  const { status, answer } = await ask('adapted');
  expect(status).toBeGreaterThanOrEqual(400);
  expect(answer.error?.message).toMatch(/adapter.*impetus-sample\.gguf/su);
  await agent.cli('models', 'set', 'adapted', 'adapters=');
  expect((await ask('adapted')).status).toBe(200);
  await sampleStillAnswers();
});

import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultAgentSettings, defaultModelSettings, type ModelEntry } from '@impetus/contracts';
import { waitFor } from '@impetus/test-kit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  httpClient,
  socketClient,
  startTestAgent,
  type SocketClient,
  type TestAgent,
} from './support/test-agent.ts';

const sample = 'impetus-sample';

let test: TestAgent;
let page: SocketClient;
beforeAll(async () => {
  test = await startTestAgent({ catalogue: 'disk' });
  page = socketClient(test);
});
afterAll(async () => {
  await page[Symbol.asyncDispose]();
  await test[Symbol.asyncDispose]();
});
beforeEach(async () => {
  test.inference.loaded.clear();
  await page.trpc.models.setDefault.mutate({ id: null });
  await update(defaultModelSettings);
});

const update = (settings: object, id = sample) => page.trpc.models.updateSettings.mutate({ id, settings });

/** A file that is listed, though nothing can run it. */
async function addFile(name: string): Promise<void> {
  await mkdir(test.config.modelsFolder, { recursive: true });
  await writeFile(join(test.config.modelsFolder, `${name}.gguf`), 'not a model');
  await page.trpc.models.rescan.mutate();
}

interface WireModel {
  readonly id: string;
  readonly meta: { readonly alias_of?: string; readonly n_ctx: number | null };
}

interface WireAnswer extends WireModel {
  readonly data: readonly WireModel[];
  readonly error?: object;
}

async function get(path: string): Promise<{ status: number; body: WireAnswer }> {
  const response = await fetch(`${test.agent.http}${path}`, {
    headers: { authorization: `Bearer ${test.key}` },
  });
  return { status: response.status, body: (await response.json()) as WireAnswer };
}

const listed = async () => (await get('/v1/models')).body.data;

describe('settings of a model', () => {
  it('are complete, and change where they are named', async () => {
    expect(await page.trpc.models.settings.query({ id: sample })).toEqual(defaultModelSettings);
    const { settings } = await update({ contextSize: 4096, sampling: { temperature: 0.2 } });
    expect(settings).toEqual({
      ...defaultModelSettings,
      contextSize: 4096,
      sampling: { temperature: 0.2 },
    });
    expect(await page.trpc.models.settings.query({ id: sample })).toEqual(settings);
    expect((await update({ contextSize: null, sampling: {} })).settings).toEqual(defaultModelSettings);
  });

  it.each([
    [{ contextSize: 5 }, 'settings.contextSize'],
    [{ kvType: 'q5_k' }, 'settings.kvType'],
    [{ idleUnload: 'soon' }, 'settings.idleUnload'],
    [{ sampling: { temperature: 9 } }, 'settings.sampling.temperature'],
    [{ aliases: ['fine', 'not fine'] }, 'settings.aliases.1'],
    [{ pinned: 'yes' }, 'settings.pinned'],
  ])('%j is refused by the name of the field', async (settings, param) => {
    const refusal = { data: { code: 'invalid_request', param, httpStatus: 400 } };
    await expect(update(settings)).rejects.toMatchObject(refusal);
    expect(await page.trpc.models.settings.query({ id: sample })).toEqual(defaultModelSettings);
  });

  it('say whether the model has to be loaded again', async () => {
    expect(await update({ contextSize: 2048 })).toMatchObject({ reloadNeeded: false });
    await page.trpc.models.load.mutate({ id: sample });
    expect(await update({ contextSize: 4096 })).toMatchObject({ reloadNeeded: true });
    expect(await update({ contextSize: 4096 })).toMatchObject({ reloadNeeded: false });
    expect(await update({ systemPrompt: 'Be kind.', pinned: true })).toMatchObject({ reloadNeeded: false });
  });

  it('of a model that is not there are not found', async () => {
    await expect(update({}, 'nobody')).rejects.toMatchObject({ data: { code: 'model_not_found' } });
  });

  it('need the scope admin to change', async () => {
    const client = httpClient(test.agent, { authorization: `Bearer ${test.key}` });
    await expect(client.models.settings.query({ id: sample })).resolves.toEqual(defaultModelSettings);
    await expect(
      client.models.updateSettings.mutate({ id: sample, settings: { pinned: true } }),
    ).rejects.toMatchObject({ data: { code: 'forbidden' } });
  });

  it('outlive the absence of the file', async () => {
    await addFile('travels');
    await update({ pinned: true, aliases: ['roaming'] }, 'travels');
    const file = join(test.config.modelsFolder, 'travels.gguf');
    await rename(file, `${file}.away`);
    await page.trpc.models.rescan.mutate();
    await expect(page.trpc.models.get.query({ id: 'roaming' })).rejects.toMatchObject({
      data: { code: 'model_not_found' },
      message: expect.stringContaining('means the model travels'),
    });
    await rename(`${file}.away`, file);
    await page.trpc.models.rescan.mutate();
    expect(await page.trpc.models.get.query({ id: 'roaming' })).toMatchObject({ id: 'travels' });
    expect(await page.trpc.models.settings.query({ id: 'travels' })).toMatchObject({ pinned: true });
  });
});

describe('aliases', () => {
  it('are models of their own to clients', async () => {
    await update({ aliases: ['gpt-4o', 'claude/sample'] });
    const models = await listed();
    expect(models.map(({ id }) => id)).toEqual([sample, 'gpt-4o', 'claude/sample']);
    const [model, first, second] = models;
    expect(model?.meta).not.toHaveProperty('alias_of');
    for (const alias of [first, second]) {
      expect(alias).toEqual({ ...model, id: alias?.id, meta: { ...model?.meta, alias_of: sample } });
    }
  });

  it.each(['claude/sample', 'claude%2Fsample'])('are found as /v1/models/%s', async (path) => {
    await update({ aliases: ['claude/sample'] });
    const { status, body } = await get(`/v1/models/${path}`);
    expect([status, body.id, body.meta.alias_of]).toEqual([200, 'claude/sample', sample]);
    expect((await get(`/v1/models/Claude/sample`)).status).toBe(404);
  });

  it('reach every screen', async () => {
    const heard: (readonly ModelEntry[])[] = [];
    const watching = page.trpc.state.watch.subscribe(undefined, {
      onData({ data }) {
        if (data.type === 'snapshot') heard.push(data.models);
        if (data.type === 'models') heard.push(data.changed);
      },
    });
    await waitFor('the snapshot', () => heard.length > 0);
    await update({ aliases: ['mine'] });
    await waitFor('the list', () => heard.length > 1);
    expect(heard.map((models) => models.find(({ id }) => id === sample)?.aliases)).toEqual([[], ['mine']]);
    watching.unsubscribe();
  });

  it('are refused where they mean another model, naming it', async () => {
    await addFile('other');
    await update({ aliases: ['fast'] });
    await expect(update({ aliases: ['fast'] }, 'other')).rejects.toMatchObject({
      message: '“fast” is an alias of impetus-sample already. Choose another alias.',
      data: { code: 'conflict', param: 'aliases', httpStatus: 409 },
    });
    await expect(update({ aliases: ['other'] })).rejects.toMatchObject({ data: { code: 'conflict' } });
    await expect(update({ aliases: ['default'] })).rejects.toMatchObject({ data: { code: 'conflict' } });
  });

  it('step back behind a file of that name', async () => {
    await update({ aliases: ['later', 'kept'] });
    await addFile('later');
    expect(await page.trpc.models.get.query({ id: 'later' })).toMatchObject({ id: 'later' });
    expect(await page.trpc.models.get.query({ id: sample })).toMatchObject({ aliases: ['kept'] });
  });

  it('work wherever a model is named', async () => {
    await update({ aliases: ['fast'] });
    await page.trpc.models.load.mutate({ id: 'fast' });
    expect([...test.inference.loaded]).toEqual([sample]);
    expect(await page.trpc.models.plan.query({ id: 'fast' })).toMatchObject({ modelId: sample });
    expect(await update({ threads: 1 }, 'fast')).toMatchObject({ reloadNeeded: true });
    await page.trpc.models.setDefault.mutate({ id: 'fast' });
    expect((await page.trpc.system.info.query()).defaultModel).toBe(sample);
    await page.trpc.models.unload.mutate({ id: 'fast' });
    expect([...test.inference.loaded]).toEqual([]);
  });
});

describe('the name “default”', () => {
  it('is nobody until there is a default model', async () => {
    expect((await listed()).map(({ id }) => id)).toEqual([sample]);
    const { status, body } = await get('/v1/models/default');
    expect(status).toBe(404);
    expect(body.error).toMatchObject({
      code: 'model_not_found',
      message: expect.stringMatching(/^No default model is chosen/u),
    });
  });

  it('is the default model from then on', async () => {
    await page.trpc.models.setDefault.mutate({ id: sample });
    expect((await get('/v1/models/default')).body).toMatchObject({
      id: 'default',
      meta: { alias_of: sample },
    });
    expect((await listed()).map(({ id }) => id)).toEqual([sample, 'default']);
  });
});

describe('settings of the agent', () => {
  it('are complete, and change where they are named', async () => {
    expect(await page.trpc.settings.get.query()).toEqual(defaultAgentSettings);
    const changed = await page.trpc.settings.update.mutate({ idleUnload: 'never', queueLength: 5 });
    expect(changed).toEqual({ ...defaultAgentSettings, idleUnload: 'never', queueLength: 5 });
    expect(await page.trpc.settings.get.query()).toEqual(changed);
  });

  it('are refused by the name of the field', async () => {
    await expect(page.trpc.settings.update.mutate({ queueLength: 0 })).rejects.toMatchObject({
      data: { code: 'invalid_request', param: 'queueLength' },
    });
  });

  it('need the scope admin to change', async () => {
    const client = httpClient(test.agent, { authorization: `Bearer ${test.key}` });
    await expect(client.settings.update.mutate({ captureText: true })).rejects.toMatchObject({
      data: { code: 'forbidden' },
    });
  });
});

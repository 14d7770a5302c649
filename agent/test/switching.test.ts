import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImpetusError } from '@impetus/contracts';
import { waitFor } from '@impetus/test-kit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { socketClient, startTestAgent, type SocketClient, type TestAgent } from './support/test-agent.ts';

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
  test.inference.loads = () => Promise.resolve();
  await page.trpc.models.setDefault.mutate({ id: null });
  await page.trpc.models.updateSettings.mutate({ id: sample, settings: { aliases: [] } });
});

interface Answer {
  readonly status: number;
  readonly allow: string | null;
  readonly body: Record<string, unknown>;
}

interface Ask {
  readonly method?: string;
  readonly key?: string;
  readonly body?: string;
  readonly type?: string;
}

async function ask(path: string, options: Ask = {}): Promise<Answer> {
  const { method = 'POST', key = test.key, body, type = body === undefined ? undefined : json } = options;
  const response = await fetch(`${test.agent.http}/v1/models/${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(type !== undefined && { 'content-type': type }) },
    ...(body !== undefined && { body }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, allow: response.headers.get('allow'), body: answer };
}

const json = 'application/json';
const loaded = () => [...test.inference.loaded];
const defaultModel = () => test.agent.context.services.settings.defaultModel();
const createKey = async (...scopes: ('infer' | 'load')[]) =>
  (await page.trpc.keys.create.mutate({ name: 'K', scopes })).key;

describe('POST /v1/models/{id}/load', () => {
  it('answers with the model when it is ready', async () => {
    const { status, body } = await ask(`${sample}/load`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: sample,
      object: 'model',
      status: { value: 'loaded' },
      meta: { n_ctx: 512 },
    });
    expect(body).toEqual((await ask(sample, { method: 'GET' })).body);
    expect(loaded()).toEqual([sample]);
  });

  it.each([
    ['no body but its type', { type: json }],
    ['an empty object', { body: '{}' }],
    ['null', { body: 'null' }],
    ['fields that nobody knows', { body: '{"wait":true,"mood":"good"}' }],
  ])('takes %s', async (_, options) => {
    expect((await ask(`${sample}/load`, options)).status).toBe(200);
  });

  it('answers at once where nobody wants to wait', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    test.inference.loads = () => promise;
    const { status, body } = await ask(`${sample}/load`, { body: '{"wait":false}' });
    expect([status, body['status']]).toEqual([202, { value: 'loading' }]);
    expect(body).toMatchObject({ meta: { n_ctx: null } });
    resolve();
    await waitFor('the load', () => loaded().length === 1);
  });

  it('outlives a failure that nobody waits for', async () => {
    test.inference.loads = () => Promise.reject(new ImpetusError('model_load_failed', 'It does not load.'));
    expect((await ask(`${sample}/load`, { body: '{"wait":false}' })).status).toBe(202);
    expect((await ask(sample, { method: 'GET' })).status).toBe(200);
  });

  it('says why it does not fit', async () => {
    const message = 'It takes 40 GB and 8 GB are there. Try a context of 2048.';
    test.inference.loads = () => Promise.reject(new ImpetusError('insufficient_memory', message));
    const { status, body } = await ask(`${sample}/load`);
    expect([status, body]).toEqual([
      503,
      { error: { message, type: 'server_error', param: null, code: 'insufficient_memory' } },
    ]);
  });

  it('refuses a file that is no model', async () => {
    await mkdir(test.config.modelsFolder, { recursive: true });
    await writeFile(join(test.config.modelsFolder, 'broken.gguf'), 'not a model');
    await page.trpc.models.rescan.mutate();
    for (const body of ['{}', '{"wait":false}']) {
      expect(await ask('broken/load', { body })).toMatchObject({
        status: 400,
        body: { error: { code: 'model_unusable', param: 'model' } },
      });
    }
    expect((await ask('broken/unload')).status).toBe(200);
  });
});

describe('names', () => {
  const name = 'org/team/fast:q4';

  it.each([name, 'org%2Fteam%2Ffast%3Aq4', 'org/team%2Ffast:q4'])(
    'may hold slashes, encoded or not: %s',
    async (path) => {
      await page.trpc.models.updateSettings.mutate({ id: sample, settings: { aliases: [name] } });
      const { status, body } = await ask(`${path}/load`);
      expect([status, body['id'], loaded()]).toEqual([200, name, [sample]]);
      expect((await ask(`${path}/unload/`)).status).toBe(200);
      expect(loaded()).toEqual([]);
    },
  );

  it('that mean nothing are not found', async () => {
    for (const path of ['nobody/load', 'nobody/unload', 'nobody/switch', 'default/load', 'nobody']) {
      expect(await ask(path)).toMatchObject({
        status: 404,
        body: { error: { code: 'model_not_found', param: 'model' } },
      });
    }
  });
});

describe('POST /v1/models/{id}/unload', () => {
  it('answers with the model when its memory is free', async () => {
    await ask(`${sample}/load`);
    const { status, body } = await ask(`${sample}/unload`, { body: '{"now":true}' });
    expect([status, body['status'], loaded()]).toEqual([200, { value: 'unloaded' }, []]);
    expect(test.inference.unloads.at(-1)).toEqual({ modelId: sample, now: true });
    await ask(`${sample}/unload`);
    expect(test.inference.unloads.at(-1)).toEqual({ modelId: sample, now: false });
  });
});

describe('POST /v1/models/{id}/switch', () => {
  it('makes the model the default and loads it', async () => {
    const { status, body } = await ask(`${sample}/switch`);
    expect([status, body['status'], loaded(), defaultModel()]).toEqual([
      200,
      { value: 'loaded' },
      [sample],
      sample,
    ]);
    expect((await ask('default', { method: 'GET' })).body).toMatchObject({ status: { value: 'loaded' } });
  });

  it('sends new requests to it while it still loads', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    test.inference.loads = () => promise;
    expect((await ask(`${sample}/switch`, { body: '{"wait":false}' })).status).toBe(202);
    expect([defaultModel(), loaded()]).toEqual([sample, []]);
    resolve();
    await waitFor('the load', () => loaded().length === 1);
  });

  it('changes nothing when the model cannot be loaded', async () => {
    test.inference.loads = () => Promise.reject(new ImpetusError('insufficient_memory', 'It does not fit.'));
    expect((await ask(`${sample}/switch`)).status).toBe(503);
    expect(defaultModel()).toBeNull();
    await expect(page.trpc.models.switchTo.mutate({ id: sample })).rejects.toMatchObject({
      data: { code: 'insufficient_memory' },
    });
    expect(defaultModel()).toBeNull();
  });
});

describe('what is not meant so', () => {
  it('is refused without the scope', async () => {
    const key = await createKey('infer');
    for (const action of ['load', 'unload', 'switch']) {
      expect(await ask(`${sample}/${action}`, { key })).toMatchObject({
        status: 403,
        body: { error: { code: 'insufficient_permissions' } },
      });
    }
    expect(loaded()).toEqual([]);
  });

  it('needs no other scope', async () => {
    expect((await ask(`${sample}/load`, { key: await createKey('load') })).status).toBe(200);
  });

  it('is refused without a key', async () => {
    expect(await ask(`${sample}/load`, { key: 'nothing' })).toMatchObject({ status: 401 });
  });

  it.each([
    ['GET', `${sample}/load`, 'POST'],
    ['GET', `${sample}/switch`, 'POST'],
    ['POST', sample, 'GET, HEAD'],
  ])('%s %s is a wrong method', async (method, path, allow) => {
    const answer = await ask(path, { method });
    expect(answer).toMatchObject({ status: 405, allow, body: { error: { code: 'method_not_supported' } } });
  });

  it.each([
    ['{"wait":"no"}', 'invalid_type', 'wait'],
    ['{"now":1}', 'invalid_type', 'now'],
    ['[]', 'invalid_type', null],
    ['{"wait":', null, null],
  ])('the body %s is refused', async (body, code, param) => {
    expect(await ask(`${sample}/load`, { body })).toMatchObject({
      status: 400,
      body: { error: { code, param } },
    });
    expect(loaded()).toEqual([]);
  });
});

describe('the page', () => {
  it('switches, stops and unloads everything', async () => {
    await page.trpc.models.switchTo.mutate({ id: sample });
    expect([loaded(), defaultModel()]).toEqual([[sample], sample]);
    expect(await page.trpc.models.stopGeneration.mutate()).toEqual({ stopped: 0 });
    await page.trpc.models.unloadAll.mutate({});
    expect(loaded()).toEqual([]);
  });
});

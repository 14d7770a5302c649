import { createHash } from 'node:crypto';
import {
  copyFile,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  samplePath,
  startAgentProcess,
  temporaryFolder,
  waitFor,
  type AgentProcess,
  type TemporaryFolder,
} from '@impetus/test-kit';
import type { TRPCClient } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppRouter } from '../src/management/router.ts';
import { managementClient } from './support/management-client.ts';

/** A folder as Ollama, LM Studio and Hugging Face lay it out: used where it lies, nothing copied, nothing written. */
const commit = 'c0ffee'.padEnd(40, '0');

let home: TemporaryFolder;
let agent: AgentProcess;
let trpc: TRPCClient<AppRouter>;
let sample: string;
let sha256: string;
let foreignBefore: string;

const at = (...parts: string[]) => join(home.path, ...parts);

async function put(path: string, content: string | object): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
}

async function hardLink(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await link(sample, path);
}

async function layOut(): Promise<void> {
  const hub = at('.cache/huggingface/hub/models--ada--Small-GGUF');
  await hardLink(join(hub, 'blobs', sha256));
  await put(join(hub, 'refs/main'), commit);
  const snapshot = join(hub, 'snapshots', commit);
  await mkdir(snapshot, { recursive: true });
  await symlink(`../../blobs/${sha256}`, join(snapshot, 'small-hub-F32.gguf'));

  await hardLink(at('.lmstudio/models/ada/Small-GGUF/small-studio.gguf'));

  const ollama = at('.ollama/models');
  await hardLink(join(ollama, 'blobs', `sha256-${sha256}`));
  const texts = { template: '{{ .Prompt }}', params: { temperature: 0, stop: ['house'], num_ctx: 8_192 } };
  const layers = [{ mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${sha256}` }];
  for (const [kind, content] of Object.entries(texts)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    const digest = createHash('sha256').update(text).digest('hex');
    await put(join(ollama, 'blobs', `sha256-${digest}`), text);
    layers.push({ mediaType: `application/vnd.ollama.image.${kind}`, digest: `sha256:${digest}` });
  }
  await put(join(ollama, 'manifests/registry.ollama.ai/library/small/1b'), { layers });
}

/** Every file of the other programs with its time and size. */
async function foreign(): Promise<string> {
  const lines: string[] = [];
  for (const folder of ['.cache', '.lmstudio', '.ollama']) {
    for (const name of (await readdir(at(folder), { recursive: true })).toSorted()) {
      const { size, mtimeMs, mode } = await lstat(at(folder, name));
      lines.push(`${folder}/${name} ${size} ${mtimeMs} ${mode}`);
    }
  }
  return lines.join('\n');
}

beforeAll(async () => {
  home = await temporaryFolder();
  await mkdir(at('original'));
  sample = at('original', 'impetus-sample.gguf');
  await copyFile(await samplePath(), sample);
  sha256 = createHash('sha256')
    .update(await readFile(sample))
    .digest('hex');
  await layOut();
  foreignBefore = await foreign();
  await mkdir(at('models'));
  agent = await startAgentProcess({ home: home.path });
  trpc = managementClient(agent);
}, 60_000);

afterAll(async () => {
  await agent[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const find = async (id: string) => (await trpc.models.list.query()).find((model) => model.id === id);
const listed = (id: string) => waitFor(`${id} in the list`, () => find(id));

async function answer(model: string): Promise<string> {
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', `Test ${model}`);
  const response = await fetch(`${agent.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Tell me.' }], max_tokens: 12 }),
  });
  const body = (await response.json()) as { choices?: { message: { content: string } }[] };
  return body.choices?.[0]?.message.content ?? JSON.stringify(body);
}

describe('models of other programs', () => {
  it.each([
    ['small-hub-F32', 'huggingface', 'ada/Small-GGUF', commit],
    ['small-studio', 'lmstudio', 'ada/Small-GGUF', null],
    ['small:1b', 'ollama', null, null],
  ] as const)('%s is listed from %s and answers where it lies', async (id, source, repo, revision) => {
    const model = await listed(id);
    expect(model).toMatchObject({ source, problem: null, removable: false, kind: 'chat' });
    expect(model.origin).toEqual(repo === null ? null : { repo, revision });
    if (source !== 'lmstudio') expect(model.sha256).toBe(sha256);
    expect((await stat(model.path)).ino).toBe((await stat(sample)).ino);
    expect((await answer(id)).length).toBeGreaterThan(3);
  });

  it('takes Ollama’s template for a fact and its parameters for defaults', async () => {
    const { sourceFacts, chatTemplate } = await trpc.library.detail.query({ id: 'small:1b' });
    expect(sourceFacts).toEqual({
      template: '{{ .Prompt }}',
      system: null,
      sampling: { temperature: 0 },
      stop: ['house'],
      contextSize: 8_192,
    });
    expect(chatTemplate).toMatch(/messages/u);
    expect(await answer('small:1b')).not.toMatch(/house/u);
  });

  it('removes none of them, and says where to', async () => {
    const plan = await trpc.library.removalPlan.query({ ids: ['small:1b', 'small-hub-F32'] });
    expect(plan.models.map(({ refusal }) => refusal)).toEqual([
      expect.stringMatching(/ollama rm/u),
      expect.stringMatching(/hf cache/u),
    ]);
    await expect(trpc.library.remove.mutate({ token: plan.token })).rejects.toMatchObject({
      data: { code: 'forbidden' },
    });
  });

  it('has neither copied nor written a byte there', async () => {
    expect(await foreign()).toBe(foreignBefore);
    expect(await readdir(at('models'))).toEqual([]);
  });

  it('leaves them out where the owner says so', async () => {
    await agent.cli('settings', 'set', 'useOllamaModels=false');
    await waitFor('the list without it', async () => (await find('small:1b')) === undefined);
    await agent.cli('settings', 'set', 'useOllamaModels=true');
    await listed('small:1b');
  });
});

describe('what the owner wrote', () => {
  it('stays with a file that is renamed, and with its copy on another disk', async () => {
    await copyFile(sample, at('models', 'mine.gguf'));
    await listed('mine');
    await trpc.library.mark.mutate({
      ids: ['mine'],
      marks: { name: 'The good one', tags: ['home'], favourite: true, notes: 'Keep.' },
    });
    await trpc.models.updateSettings.mutate({
      id: 'mine',
      settings: { contextSize: 512, aliases: ['good'] },
    });
    await rename(at('models', 'mine.gguf'), at('models', 'renamed.gguf'));
    const renamed = await waitFor('the file under its new name', async () => {
      const model = await find('mine');
      return model?.path.endsWith('renamed.gguf') ? model : null;
    });
    expect(renamed).toMatchObject({
      name: 'The good one',
      tags: ['home'],
      favourite: true,
      aliases: ['good'],
    });
    await waitFor('its hash', async () => (await find('mine'))?.sha256 === sha256, 30_000);
    await rm(at('models', 'renamed.gguf'));
    await waitFor('the list without it', async () => (await find('mine')) === undefined);
    await mkdir(at('second'));
    await copyFile(sample, at('second', 'elsewhere.gguf'));
    await agent.cli('settings', 'set', `modelFolders=["${at('second')}"]`);
    const back = await waitFor(
      'what was written',
      async () => {
        const model = await find('elsewhere');
        return model?.favourite ? model : null;
      },
      30_000,
    );
    expect(back).toMatchObject({ name: 'The good one', notes: 'Keep.', aliases: ['good', 'mine'] });
    expect((await trpc.models.settings.query({ id: 'mine' })).contextSize).toBe(512);
  }, 90_000);

  it('finds copies by their content, and says what they take', async () => {
    await copyFile(sample, at('models', 'copy.gguf'));
    const copy = await waitFor(
      'the copy’s twins',
      async () => {
        const model = await find('copy');
        return model?.duplicates.includes('elsewhere') ? model : null;
      },
      30_000,
    );
    expect(copy.duplicates).toContain('small-hub-F32');
    const report = await trpc.library.reclaim.query();
    expect(report.duplicates[0]?.others.toSorted()).toEqual(['copy', 'elsewhere']);
    expect(report.folders.map(({ source }) => source)).toContain('ollama');
  });
});

describe('removing', () => {
  it('refuses a loaded model until it is told to unload it, takes it into the bin, and brings it back', async () => {
    await trpc.models.load.mutate({ id: 'copy' });
    const { token, models, to, totalBytes } = await trpc.library.removalPlan.query({ ids: ['copy'] });
    expect(models[0]).toMatchObject({ loaded: true, files: [{ path: at('models', 'copy.gguf') }] });
    expect(to).toBe('bin');
    await expect(trpc.library.remove.mutate({ token })).rejects.toThrow(/is loaded/u);
    const { undo, freedBytes } = await trpc.library.remove.mutate({ token, unload: true });
    expect(freedBytes).toBe(totalBytes);
    expect(await readdir(at('models'))).not.toContain('copy.gguf');
    expect(await readdir(at('.local/share/Trash/files'))).toEqual(['copy.gguf']);
    expect(await find('copy')).toBeUndefined();
    await trpc.library.restore.mutate({ undo: undo ?? '' });
    expect(await find('copy')).toMatchObject({ problem: null });
    await expect(trpc.library.restore.mutate({ undo: undo ?? '' })).rejects.toThrow(/not known/u);
  });

  it('asks again where something else would go than was shown', async () => {
    const { token } = await trpc.library.removalPlan.query({ ids: ['copy'] });
    await writeFile(at('models', 'copy.gguf'), 'GGUF, but another one now');
    await trpc.models.rescan.mutate();
    await expect(trpc.library.remove.mutate({ token })).rejects.toThrow(/changed since/u);
  });

  it('takes all parts of a split together, and a link without what it leads to', async () => {
    for (const part of ['1', '2']) await put(at('models', `parts-0000${part}-of-00002.gguf`), 'GGUF');
    await put(at('outside', 'kept.gguf'), 'GGUF outside');
    await symlink(at('outside', 'kept.gguf'), at('models', 'leads-out.gguf'));
    await trpc.models.rescan.mutate();
    const plan = await trpc.library.removalPlan.query({ ids: ['parts', 'leads-out'] });
    expect(plan.models.map(({ files }) => files.length)).toEqual([2, 1]);
    expect(plan.totalBytes).toBe(8);
    await trpc.library.remove.mutate({ token: plan.token });
    expect(await readdir(at('models'))).toEqual(['copy.gguf']);
    expect(await readFile(at('outside', 'kept.gguf'), 'utf8')).toBe('GGUF outside');
  });

  it('takes nothing of another model that lies in the same folder', async () => {
    await put(at('models/shared/config.json'), { model_type: 'llama' });
    await writeFile(at('models/shared/model.safetensors'), tinySafeTensors());
    await copyFile(sample, at('models/shared/same-but-gguf.gguf'));
    await trpc.models.rescan.mutate();
    const plan = await trpc.library.removalPlan.query({ ids: ['shared'] });
    expect(plan.models[0]?.files.map(({ path }) => path)).toEqual([at('models/shared/model.safetensors')]);
    await trpc.library.remove.mutate({ token: plan.token });
    expect(await find('same-but-gguf')).toMatchObject({ problem: null });
    await rm(at('models/shared'), { recursive: true });
    await trpc.models.rescan.mutate();
  });

  it('says that a link to a folder was not followed', async () => {
    await symlink(at('outside'), at('models/elsewhere-too'));
    const { stdout } = await agent.command('models', 'scan');
    expect(stdout).toContain(`${at('models/elsewhere-too')} leads to a folder and was not followed.`);
    const folders = await trpc.library.folders.query();
    expect(folders.find(({ main }) => main)?.linkedFolders).toEqual([at('models/elsewhere-too')]);
    await rm(at('models/elsewhere-too'));
  });
});

function tinySafeTensors(): Buffer {
  const tensors = Buffer.from('{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(tensors.length));
  return Buffer.concat([length, tensors, Buffer.alloc(8)]);
}

it('says what is wrong with what is no model, and what to do', async () => {
  const header = Buffer.from('GGUF\u0003\0\0\0\0\0\0\0\0\0\0\u0010\0\0\0\0\0\0\0\0', 'latin1');
  await writeFile(at('models', 'claims.gguf'), Buffer.concat([header, Buffer.alloc(64)]));
  await mkdir(at('models', 'Other'));
  await writeFile(at('models/Other/model.safetensors'), tinySafeTensors());
  await put(at('models/half-00001-of-00002.gguf'), 'GGUF');
  await trpc.models.rescan.mutate();
  expect((await find('claims'))?.problem).toMatch(/claims \d+ tensors/u);
  expect(await find('Other')).toMatchObject({
    format: 'safetensors',
    whatToDo: expect.stringMatching(/GGUF/u),
  });
  expect(await find('half')).toMatchObject({ missing: ['half-00002-of-00002.gguf'] });
  await expect(trpc.models.load.mutate({ id: 'Other' })).rejects.toThrow(/SafeTensors.*Hub/u);
});

it('measures a model, keeps it, and can be stopped', async () => {
  const { id } = await trpc.benchmarks.start.mutate({ id: 'small-hub-F32', completionTokens: 16 });
  const done = await waitFor('the measurement', async () => {
    const all = await trpc.benchmarks.list.query({ id: 'small-hub-F32' });
    return all.find((one) => one.id === id && one.state === 'done');
  });
  expect(done.points).toHaveLength(2);
  for (const point of done.points) expect(Math.min(point.prefillRate, point.decodeRate)).toBeGreaterThan(0);
  expect(done.settings?.contextSize).toBeGreaterThan(0);
  const second = await trpc.benchmarks.start.mutate({ id: 'small-hub-F32' });
  await trpc.benchmarks.stop.mutate({ benchmarkId: second.id });
  await waitFor('the second to be over', async () => {
    const all = await trpc.benchmarks.list.query({ id: 'small-hub-F32' });
    return all.every(({ state }) => state !== 'waiting' && state !== 'running');
  });
});

import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@impetus/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookInto } from '../files/look.ts';
import { folderSource } from './folder.ts';
import { huggingFaceSource } from './huggingface.ts';
import { lmStudioSource } from './lmstudio.ts';
import { ollamaSource } from './ollama.ts';
import type { Source } from './types.ts';

let home: TemporaryFolder;

beforeEach(async () => {
  home = await temporaryFolder();
});
afterEach(() => home[Symbol.asyncDispose]());

const at = (path: string) => join(home.path, path);
const gguf = 'GGUF and nothing behind it';
const tensors = `${String.fromCharCode(2, 0, 0, 0, 0, 0, 0, 0)}{}      `;

async function put(path: string, content: string | object): Promise<void> {
  await mkdir(dirname(at(path)), { recursive: true });
  await writeFile(at(path), typeof content === 'string' ? content : JSON.stringify(content));
}

async function link(path: string, target: string): Promise<void> {
  await mkdir(dirname(at(path)), { recursive: true });
  await symlink(target, at(path));
}

async function find(source: Source) {
  const { models } = await source.find(async (file) => (await lookInto(file)).look);
  return models.map(({ wanted, format, files, missing, origin }) => ({
    wanted,
    format,
    files: files.map(({ path }) => path.slice(home.path.length + 1)),
    missing,
    repo: origin?.repo ?? null,
  }));
}

describe('a folder', () => {
  it('has models of every layout, by what files hold', async () => {
    await put('m/a.gguf', gguf);
    await put('m/sub/called-otherwise.bin', gguf);
    await put('m/x-00001-of-00002.gguf', gguf);
    await put('m/hf/model-00001-of-00002.safetensors', tensors);
    await put('m/hf/config.json', {});
    await put('m/notes.txt', 'Nothing that a model would hold.');
    await put('m/.hidden/b.gguf', gguf);
    expect(await find(folderSource({ folder: at('m') }))).toMatchObject([
      { wanted: ['a', 'a'], format: 'gguf', files: ['m/a.gguf'] },
      { wanted: ['x', 'x'], missing: ['x-00002-of-00002.gguf'] },
      { wanted: ['called-otherwise.bin', 'sub/called-otherwise.bin'], format: 'gguf' },
      { wanted: ['hf', 'hf'], format: 'safetensors', missing: ['model-00002-of-00002.safetensors'] },
    ]);
  });

  it('gives a name that two have to neither', async () => {
    await put('m/x/q8.gguf', gguf);
    await put('m/y/q8.gguf', gguf);
    const found = await find(folderSource({ folder: at('m') }));
    expect(found.map(({ wanted }) => wanted)).toEqual([['x/q8'], ['y/q8']]);
  });

  it('takes a Core ML package for one model', async () => {
    const coreMl = '\u0008\u0007\u0012\u0002ab\u00b2\u001f\u0008abcdefgh';
    await mkdir(at('m/net.mlpackage/Data/com.apple.CoreML'), { recursive: true });
    await writeFile(at('m/net.mlpackage/Data/com.apple.CoreML/model.mlmodel'), Buffer.from(coreMl, 'latin1'));
    await put('m/net.mlpackage/Data/com.apple.CoreML/weights/weight.bin', 'Where all the weights are.');
    expect(await find(folderSource({ folder: at('m') }))).toMatchObject([
      {
        wanted: ['net', 'net'],
        format: 'coreml',
        files: [
          'm/net.mlpackage/Data/com.apple.CoreML/model.mlmodel',
          'm/net.mlpackage/Data/com.apple.CoreML/weights/weight.bin',
        ],
      },
    ]);
  });

  it('keeps apart what shares a folder: two formats of one model, and files that no configuration joins', async () => {
    await put('m/both/model.safetensors', tensors);
    await put('m/both/pytorch_model.bin', `PK\u0003\u0004${' '.repeat(40)}archive/data.pkl`);
    await put('m/both/config.json', {});
    await put('m/loose/one.safetensors', tensors);
    await put('m/loose/two.safetensors', tensors);
    const found = await find(folderSource({ folder: at('m') }));
    expect(found.map(({ format, files }) => [format, ...files])).toEqual([
      ['safetensors', 'm/both/model.safetensors'],
      ['pytorch', 'm/both/pytorch_model.bin'],
      ['safetensors', 'm/loose/one.safetensors'],
      ['safetensors', 'm/loose/two.safetensors'],
    ]);
  });

  it('calls a model after its folder where its file is called as all are, and takes ONNX weights along', async () => {
    const onnx = Buffer.from('\u0008\u0008\u003a\u0004abcd\u0042\u0001x          ', 'latin1').subarray(0, 11);
    await mkdir(at('m/tiny-onnx'), { recursive: true });
    await writeFile(
      at('m/tiny-onnx/model.onnx'),
      Buffer.concat([onnx, Buffer.from([0x12, 4]), Buffer.from('test')]),
    );
    await put('m/tiny-onnx/model.onnx_data', 'Weights.');
    expect(await find(folderSource({ folder: at('m') }))).toMatchObject([
      {
        wanted: ['tiny-onnx', 'tiny-onnx/model'],
        format: 'onnx',
        files: ['m/tiny-onnx/model.onnx', 'm/tiny-onnx/model.onnx_data'],
      },
    ]);
  });

  it('is not led out or round in circles by links, and waits for no pipe', async () => {
    await put('outside/secret.gguf', gguf);
    await put('m/a.gguf', gguf);
    await link('m/up', at('outside'));
    await link('m/round', at('m'));
    await link('m/gone.gguf', at('nowhere'));
    await link('m/device.gguf', '/dev/zero');
    const source = folderSource({ folder: at('m') });
    expect((await find(source)).map(({ files }) => files)).toEqual([['m/a.gguf']]);
    const { linkedFolders } = await source.find(async (file) => (await lookInto(file)).look);
    // What leads round is read anyway; what leads out is for the owner to add.
    expect(linkedFolders).toEqual([at('m/up')]);
  });

  it('that is not there has none', async () => {
    expect(await find(folderSource({ folder: at('nowhere') }))).toEqual([]);
  });
});

const commit = 'c'.repeat(40);
const sha = 'a'.repeat(64);

describe('the cache of the Hub', () => {
  it('has each file of a repo once, with its revision and the hash that its blob is called after', async () => {
    const repo = 'hub/models--ada--Small-GGUF';
    await put(`${repo}/blobs/${sha}`, gguf);
    await put(`${repo}/refs/main`, commit);
    for (const revision of [commit, 'b'.repeat(40)]) {
      await link(`${repo}/snapshots/${revision}/small-Q4_0.gguf`, `../../blobs/${sha}`);
    }
    await put('hub/datasets--ada--texts/snapshots/x/data.gguf', gguf);
    const { models } = await huggingFaceSource(at('hub')).find(async (file) => (await lookInto(file)).look);
    expect(models).toHaveLength(1);
    expect(models[0]).toMatchObject({
      wanted: ['small-Q4_0', 'ada/Small-GGUF/small-Q4_0'],
      origin: { repo: 'ada/Small-GGUF', revision: commit },
      folder: at('hub'),
    });
    expect([...(models[0]?.hashes.values() ?? [])]).toEqual([sha]);
  });

  it('has a repo of transformers as one model', async () => {
    const snapshot = `hub/models--ada--Big/snapshots/${commit}`;
    await put(`${snapshot}/model.safetensors`, tensors);
    await put(`${snapshot}/config.json`, { model_type: 'llama' });
    expect(await find(huggingFaceSource(at('hub')))).toMatchObject([
      { wanted: ['ada/Big'], format: 'safetensors', repo: 'ada/Big' },
    ]);
  });
});

it('LM Studio’s folder says which repo a model is from', async () => {
  await put('lm/ada/Small-GGUF/small.gguf', gguf);
  expect(await find(lmStudioSource(at('lm')))).toMatchObject([
    { wanted: ['small', 'ada/Small-GGUF/small'], repo: 'ada/Small-GGUF' },
  ]);
});

describe('Ollama’s folder', () => {
  const layer = (kind: string, digest: string) => ({
    mediaType: `application/vnd.ollama.image.${kind}`,
    digest: `sha256:${digest}`,
  });

  it('has models by their names, with template and parameters', async () => {
    const [template, params, licence] = ['b'.repeat(64), 'd'.repeat(64), 'e'.repeat(64)];
    await put(`ol/blobs/sha256-${sha}`, gguf);
    await put(`ol/blobs/sha256-${template}`, '{{ .Prompt }}');
    await put(`ol/blobs/sha256-${params}`, { stop: ['<|end|>'], temperature: 0.3, top_k: -5, num_ctx: 4096 });
    await put(`ol/blobs/sha256-${licence}`, '\n  MIT License\n\nPermission is hereby granted…');
    const layers = [
      layer('model', sha),
      layer('template', template),
      layer('params', params),
      layer('license', licence),
    ];
    await put('ol/manifests/registry.ollama.ai/library/llama3.2/3b', { layers });
    await put('ol/manifests/hf.co/ada/Small-GGUF/Q4_0', { layers: [layer('model', sha)] });
    await put('ol/manifests/registry.ollama.ai/library/broken/latest', '{');
    const { models } = await ollamaSource(at('ol')).find(async (file) => (await lookInto(file)).look);
    expect(models).toMatchObject([
      {
        wanted: ['hf.co/ada/Small-GGUF:Q4_0', 'ollama/hf.co/ada/Small-GGUF:Q4_0'],
        origin: { repo: 'ada/Small-GGUF' },
      },
      {
        wanted: ['llama3.2:3b', 'ollama/llama3.2:3b'],
        licence: 'MIT License',
        facts: {
          template: '{{ .Prompt }}',
          system: null,
          sampling: { temperature: 0.3 },
          stop: ['<|end|>'],
          contextSize: 4_096,
        },
      },
    ]);
    expect(await readdir(at('ol/blobs'))).toHaveLength(4);
  });

  it('names the blob that is missing', async () => {
    await put('ol/manifests/registry.ollama.ai/ada/tiny/latest', { layers: [layer('model', sha)] });
    expect(await find(ollamaSource(at('ol')))).toMatchObject([
      { wanted: ['ada/tiny:latest', 'ollama/ada/tiny:latest'], missing: [`sha256-${sha}`] },
    ]);
  });

  it('is not led out by a digest that is a path', async () => {
    const layers = [
      { mediaType: 'application/vnd.ollama.image.model', digest: 'sha256:../../../etc/passwd' },
    ];
    await put('ol/manifests/registry.ollama.ai/library/bad/latest', { layers });
    expect(await find(ollamaSource(at('ol')))).toEqual([]);
  });
});

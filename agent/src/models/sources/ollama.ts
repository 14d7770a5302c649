import { readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ModelOrigin } from '@impetus/contracts';
import { stampOf } from '../files/stamp.ts';
import type { Look } from '../files/types.ts';
import { readManifest, readParameters, type OllamaManifest } from './ollama-manifest.ts';
import { noFinds, type FoundModel, type Source } from './types.ts';
import { listFolder, walk } from './walk.ts';

/** Manifests and texts are small; a file that is not is something else. */
const mostBytes = 1024 * 1024;
const manifestDepth = 5;
const longestLicence = 80;

/** Ollama's folder: `manifests/<host>/<namespace>/<model>/<tag>` name the blobs that each model is made of. */
export function ollamaSource(folder: string): Source {
  return {
    source: 'ollama',
    folder,
    async find(look) {
      const manifests = join(folder, 'manifests');
      if ((await listFolder(manifests)) === null) return noFinds;
      const { files, folders } = await walk(manifests, manifestDepth);
      const models: FoundModel[] = [];
      for (const path of files) {
        const found = await findModel(folder, path, look);
        if (found !== null) models.push(found);
      }
      return { models, visited: [folder, ...folders], linkedFolders: [] };
    },
  };
}

async function findModel(folder: string, manifestPath: string, look: Look): Promise<FoundModel | null> {
  const manifest = readManifest((await smallText(manifestPath)) ?? '');
  const id = nameOf(relative(join(folder, 'manifests'), manifestPath).split('/'));
  if (manifest === null || id === null) return null;
  const blob = (digest: string) => join(folder, 'blobs', `sha256-${digest}`);
  const stamp = await stampOf(blob(manifest.model));
  const hashes = new Map([[blob(manifest.model), manifest.model]]);
  const format = stamp === null ? 'gguf' : (await look(stamp)).format;
  if (format === null) return null;
  return {
    wanted: [id, `ollama/${id}`],
    source: 'ollama',
    folder,
    format,
    files: stamp === null ? [] : [stamp],
    missing: stamp === null ? [`sha256-${manifest.model}`] : [],
    wholeFolder: null,
    name: id,
    origin: originOf(id),
    licence: await licenceOf(manifest, blob),
    hashes,
    facts: await factsOf(manifest, blob),
  };
}

/** As Ollama itself says it: its own registry and namespace are left out. */
function nameOf(parts: readonly string[]): string | null {
  const [host, namespace, ...rest] = parts;
  const tag = rest.pop();
  if (host === undefined || namespace === undefined || tag === undefined || rest.length === 0) return null;
  const model = rest.join('/');
  const place = host === 'registry.ollama.ai' ? [] : [host];
  const owner = place.length === 0 && namespace === 'library' ? [] : [namespace];
  return `${[...place, ...owner, model].join('/')}:${tag}`;
}

/** Ollama can pull from the Hub, and then says so in the name. */
function originOf(id: string): ModelOrigin | null {
  const repo = /^(?:hf\.co|huggingface\.co)\/(?<repo>[^/]+\/[^:]+):/u.exec(id)?.groups?.['repo'];
  return repo === undefined ? null : { repo, revision: null };
}

/** Ollama keeps the whole text; its heading says which it is. */
async function licenceOf({ licence }: OllamaManifest, blob: (digest: string) => string) {
  const text = licence === null ? null : await smallText(blob(licence));
  const heading = text?.split('\n').find((line) => line.trim() !== '');
  return heading?.trim().slice(0, longestLicence) ?? null;
}

async function factsOf(manifest: OllamaManifest, blob: (digest: string) => string) {
  const textOf = (digest: string | null) => (digest === null ? null : smallText(blob(digest)));
  const [template, system, parameters] = await Promise.all([
    textOf(manifest.template),
    textOf(manifest.system),
    textOf(manifest.parameters),
  ]);
  return { template, system, ...readParameters(parameters ?? '{}') };
}

async function smallText(path: string): Promise<string | null> {
  const stats = await stat(path).catch(() => null);
  if (stats === null || !stats.isFile() || stats.size > mostBytes) return null;
  return readFile(path, 'utf8').catch(() => null);
}

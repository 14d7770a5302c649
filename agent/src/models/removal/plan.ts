import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import type { ModelEntry, RemovalPlan } from '@impetus/contracts';
import { stampOf } from '../files/stamp.ts';
import type { FoundModel } from '../sources/types.ts';
import { listFolder } from '../sources/walk.ts';

export interface PlanInput {
  readonly entries: readonly ModelEntry[];
  readonly foundOf: (modelId: string) => FoundModel;
  readonly isLoaded: (modelId: string) => boolean;
  readonly reachesBin: (path: string) => Promise<boolean>;
}

type Planned = RemovalPlan['models'][number];

/** What would go, with every file by its name. Nothing is touched. */
export async function planRemoval({
  entries,
  foundOf,
  isLoaded,
  reachesBin,
}: PlanInput): Promise<RemovalPlan> {
  const models: Planned[] = [];
  for (const entry of entries) models.push(await planOne(entry, foundOf(entry.id), isLoaded(entry.id)));
  const files = models.flatMap((model) => (model.refusal === null ? model.files : []));
  const reached = await Promise.all(files.map(({ path }) => reachesBin(path)));
  return {
    token: createHash('sha256')
      .update(JSON.stringify(models.map(({ id, files: own }) => [id, own])))
      .digest('hex')
      .slice(0, 32),
    models,
    totalBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    to: reached.every(Boolean) ? 'bin' : 'gone',
  };
}

async function planOne(entry: ModelEntry, found: FoundModel, loaded: boolean): Promise<Planned> {
  const files = await filesOf(found);
  return {
    id: entry.id,
    name: entry.name,
    files,
    loaded,
    refusal: refusalOf(entry) ?? (await strayFile(found.folder, files)),
  };
}

/** The model's own files; of a model that is a whole folder, all that lies in it. */
async function filesOf({ files, wholeFolder, folder }: FoundModel) {
  const own = files.map(({ path, sizeBytes }) => ({ path, sizeBytes }));
  if (wholeFolder === null || wholeFolder === folder) return own;
  const paths = await allBelow(wholeFolder);
  const known = new Map(own.map((file) => [file.path, file]));
  const stamps = await Promise.all(
    paths.map(async (path) => ({ path, sizeBytes: (await stampOf(path))?.sizeBytes ?? 0 })),
  );
  return stamps.map((file) => known.get(file.path) ?? file);
}

async function allBelow(folder: string): Promise<readonly string[]> {
  const entries = (await listFolder(folder)) ?? [];
  const below = entries.map(async (entry) => {
    const path = `${folder}${sep}${entry.name}`;
    return entry.isDirectory() ? allBelow(path) : [path];
  });
  return (await Promise.all(below)).flat().toSorted();
}

const owners: Partial<Record<ModelEntry['source'], string>> = {
  huggingface:
    'It is in the cache of Hugging Face, which other programs use. Remove it there with “hf cache delete”',
  lmstudio: 'It belongs to LM Studio. Remove it there',
  ollama: 'It belongs to Ollama. Remove it there with “ollama rm”',
};

function refusalOf({ source, folder, removable }: ModelEntry): string | null {
  if (removable) return null;
  if (source === 'sample') return 'It is the sample that the agent makes itself, and it would make it again.';
  return `${owners[source] ?? 'It belongs to another program. Remove it there'} (${folder}).`;
}

/** Names a file that is not really inside the watched folder, whatever its path says. */
async function strayFile(
  folder: string,
  files: readonly { readonly path: string }[],
): Promise<string | null> {
  const root = await realpath(folder).catch(() => folder);
  for (const { path } of files) {
    const place = await realpath(dirname(path)).catch(() => null);
    const inside = place !== null && (place === root || place.startsWith(`${root}${sep}`));
    if (!inside) return `${path} leads out of the watched folder, so it is not touched.`;
  }
  return null;
}

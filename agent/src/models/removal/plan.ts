import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import type { ModelEntry, RemovalPlan } from '@impetus/contracts';
import { stampOf } from '../files/stamp.ts';
import type { FileStamp } from '../files/types.ts';
import type { FoundModel } from '../sources/types.ts';
import { listFolder } from '../sources/walk.ts';

export interface PlanInput {
  readonly entries: readonly ModelEntry[];
  /** Every file that is part of any model. */
  readonly taken: readonly string[];
  readonly foundOf: (modelId: string) => FoundModel;
  readonly isLoaded: (modelId: string) => boolean;
  readonly reachesBin: (path: string) => Promise<boolean>;
}

type Planned = RemovalPlan['models'][number];

/** What would go, with every file by its name. Nothing is touched. */
export async function planRemoval({
  entries,
  taken,
  foundOf,
  isLoaded,
  reachesBin,
}: PlanInput): Promise<RemovalPlan> {
  const models: Planned[] = [];
  for (const entry of entries) {
    const found = foundOf(entry.id);
    models.push(await planOne(entry, { found, files: await filesOf(found, taken) }, isLoaded(entry.id)));
  }
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

async function planOne(
  entry: ModelEntry,
  { found, files }: { readonly found: FoundModel; readonly files: Planned['files'] },
  loaded: boolean,
): Promise<Planned> {
  return {
    id: entry.id,
    name: entry.name,
    files,
    loaded,
    refusal: refusalOf(entry) ?? (await strayFile(found.folder, files)),
  };
}

/**
 * The model's own files; of a model that is a whole folder, all that lies in it. Where another model lies there too,
 * its configuration may be shared, so the model's own files go alone.
 */
async function filesOf(
  { files, wholeFolder, folder }: FoundModel,
  taken: readonly string[],
): Promise<Planned['files']> {
  const own = files.map(toPlanned);
  if (wholeFolder === null || wholeFolder === folder) return own;
  const known = new Map(own.map((file) => [file.path, file]));
  const isShared = taken.some((path) => path.startsWith(`${wholeFolder}${sep}`) && !known.has(path));
  if (isShared) return own;
  const paths = await allBelow(wholeFolder);
  return Promise.all(
    paths.map(async (path) => {
      const stamp = await stampOf(path);
      return known.get(path) ?? (stamp === null ? { path, sizeBytes: 0, isLink: true } : toPlanned(stamp));
    }),
  );
}

/** A link takes no room, and what it leads to stays. */
function toPlanned({ path, sizeBytes, isLink }: FileStamp): Planned['files'][number] {
  return { path, sizeBytes: isLink ? 0 : sizeBytes, isLink };
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

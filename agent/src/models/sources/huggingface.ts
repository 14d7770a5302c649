import { readFile, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { hasCommonName } from '../file-name.ts';
import type { Look } from '../files/types.ts';
import { folderSource } from './folder.ts';
import { noFinds, type Finds, type FoundModel, type Source } from './types.ts';
import { listFolder } from './walk.ts';

/** The hub's cache: `models--owner--name/{blobs,refs,snapshots/<commit>/…}`, where snapshots are links to blobs. */
export function huggingFaceSource(folder: string): Source {
  return {
    source: 'huggingface',
    folder,
    async find(look) {
      const entries = await listFolder(folder);
      if (entries === null) return noFinds;
      const repos = entries.filter((entry) => entry.isDirectory() && entry.name.startsWith('models--'));
      const models: FoundModel[] = [];
      const visited = [folder];
      for (const { name } of repos.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        const finds = await findInRepo(folder, name, look);
        models.push(...finds.models);
        visited.push(...finds.visited);
      }
      return { models: withShortNames(models), visited, linkedFolders: [] };
    },
  };
}

async function findInRepo(cache: string, folderName: string, look: Look): Promise<Finds> {
  const home = join(cache, folderName);
  const repo = folderName.slice('models--'.length).replaceAll('--', '/');
  const models: FoundModel[] = [];
  const visited = [home, join(home, 'snapshots')];
  // The same file is linked from every snapshot that has it.
  const known = new Set<string>();
  for (const revision of await revisionsOf(home)) {
    const root = join(home, 'snapshots', revision);
    const finds = await folderSource({ folder: root, source: 'huggingface', isOneModel: true }).find(look);
    visited.push(...finds.visited);
    for (const found of finds.models) {
      const blobs = await Promise.all(found.files.map(({ path }) => realpath(path).catch(() => path)));
      if (known.has(blobs.join('\n'))) continue;
      known.add(blobs.join('\n'));
      models.push({
        ...found,
        folder: cache,
        wanted: wantedIn(repo, root, found),
        name: isCalledAfterRepo(found) ? basename(repo) : null,
        origin: { repo, revision },
        hashes: await hashesOf(found),
      });
    }
  }
  return { models, visited, linkedFolders: [] };
}

/** The commit that `main` names comes first, then the other ones that are here. */
async function revisionsOf(home: string): Promise<readonly string[]> {
  const snapshots = (await listFolder(join(home, 'snapshots'))) ?? [];
  const there = snapshots.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const main = await readFile(join(home, 'refs', 'main'), 'utf8').catch(() => '');
  return there.toSorted((a, b) => Number(b === main.trim()) - Number(a === main.trim()) || (a < b ? -1 : 1));
}

function wantedIn(repo: string, root: string, found: FoundModel): readonly string[] {
  const [first] = found.files;
  if (found.wholeFolder !== null || first === undefined) {
    const below = relative(root, found.wholeFolder ?? root);
    return below === '' ? [repo] : [`${repo}/${below}`];
  }
  const long = found.wanted.at(-1) ?? basename(first.path);
  return hasCommonName(first.path) ? [`${repo}/${long}`] : [basename(long), `${repo}/${long}`];
}

function isCalledAfterRepo({ wholeFolder, files: [first] }: FoundModel): boolean {
  return wholeFolder !== null || (first !== undefined && hasCommonName(first.path));
}

/** Blobs that came by LFS are called after their SHA-256; small ones by Git's hash, which says nothing here. */
async function hashesOf({ files }: FoundModel): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  for (const { path } of files) {
    const target = await readlink(path).catch(() => '');
    const blob = basename(target);
    if (/^[0-9a-f]{64}$/u.test(blob) && basename(dirname(target)) === 'blobs') hashes.set(path, blob);
  }
  return hashes;
}

/** A file name that two repos share is neither's id. */
function withShortNames(models: readonly FoundModel[]): readonly FoundModel[] {
  const times = Map.groupBy(models, ({ wanted }) => wanted[0]);
  return models.map((model) =>
    times.get(model.wanted[0])?.length === 1 ? model : { ...model, wanted: model.wanted.slice(-1) },
  );
}

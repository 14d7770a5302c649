import { basename, dirname, relative } from 'node:path';
import type { ModelFormat, ModelOrigin, ModelSource } from '@impetus/contracts';
import { groupSplits } from '@impetus/gguf';
import { stampOf } from '../files/stamp.ts';
import type { FileLook, FileStamp, Look } from '../files/types.ts';
import { groupShards } from './shards.ts';
import type { Finds, FoundModel, Source } from './types.ts';
import { walk } from './walk.ts';

/** What every watched folder's models have in common. */
export interface FolderSourceOptions {
  readonly folder: string;
  readonly source?: ModelSource;
  /** A folder of another program, whose paths say what a model is called and where it is from. */
  readonly originOf?: (path: string) => ModelOrigin | null;
  /** Whether files that lie loose in the folder itself are one model with their configuration. */
  readonly isOneModel?: boolean;
}

/** A folder of models in any layout, with its subfolders. */
export function folderSource({
  folder,
  source = 'folder',
  originOf = () => null,
  isOneModel = false,
}: FolderSourceOptions): Source {
  return {
    source,
    folder,
    async find(look): Promise<Finds> {
      const { files, folders } = await walk(folder);
      const seen = await lookAtAll(files, look);
      const groups = [...groupGguf(seen), ...groupOthers(seen, isOneModel ? null : folder)];
      const shortNames = Map.groupBy(groups, ({ path }) => shortName(path));
      const models = groups.map((group): FoundModel => {
        const short = shortName(group.path);
        const long = relative(folder, withoutEnding(group.path));
        return {
          // A name that two of them have is nobody's.
          wanted: shortNames.get(short)?.length === 1 ? [short, long] : [long],
          source,
          folder,
          name: null,
          origin: originOf(group.path),
          hashes: new Map(),
          facts: null,
          format: group.format,
          files: group.files,
          missing: group.missing,
          wholeFolder: group.wholeFolder,
        };
      });
      return { models, visited: folders };
    },
  };
}

interface Seen {
  readonly stamp: FileStamp;
  readonly look: FileLook;
}

interface Group extends Pick<FoundModel, 'format' | 'files' | 'missing' | 'wholeFolder'> {
  /** What it is called after. */
  readonly path: string;
}

/** One after the other: headers are small, and a spinning disk dislikes crowds. */
async function lookAtAll(paths: readonly string[], look: Look): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const stamps = await Promise.all(paths.map(stampOf));
  for (const stamp of stamps) {
    if (stamp === null) continue;
    const found = await look(stamp);
    if (found.format !== null) seen.push({ stamp, look: found });
  }
  return seen;
}

function groupGguf(seen: readonly Seen[]): readonly Group[] {
  const stamps = new Map(
    seen.filter(({ look }) => look.format === 'gguf').map(({ stamp }) => [stamp.path, stamp]),
  );
  const named = groupSplits([...stamps.keys()]);
  const grouped = new Set(named.flatMap(({ files }) => files));
  const unnamed = [...stamps.keys()].filter((path) => !grouped.has(path));
  return [...named, ...unnamed.map((path) => ({ name: path, files: [path], missing: [] }))].map(
    ({ name, files, missing }) => ({
      path: name,
      format: 'gguf' as const,
      files: files.flatMap((path) => stamps.get(path) ?? []),
      missing: missing.map((path) => basename(path)),
      wholeFolder: null,
    }),
  );
}

/** `loose`: the folder in which each file is a model of its own. */
function groupOthers(seen: readonly Seen[], loose: string | null): readonly Group[] {
  const others = seen.filter(({ look }) => look.format !== 'gguf');
  return [...Map.groupBy(others, placeOf).values()].flatMap((group) => groupsOf(group, loose));
}

/** Files of one format in one folder; of a Core ML package, all that is in it. */
function placeOf({ stamp, look }: Seen): string {
  return `${look.format}:${packageOf(stamp.path) ?? dirname(stamp.path)}`;
}

function packageOf(path: string): string | null {
  return /^.*?\.mlpackage(?=\/)/iu.exec(path)?.[0] ?? null;
}

function groupsOf(group: readonly Seen[], loose: string | null): readonly Group[] {
  const [first] = group;
  if (first === undefined) return [];
  const format = first.look.format as ModelFormat;
  const stamps = group.map(({ stamp }) => stamp);
  const wrapping = packageOf(first.stamp.path);
  if (wrapping !== null)
    return [{ path: wrapping, format, files: stamps, missing: [], wholeFolder: wrapping }];
  const folder = dirname(first.stamp.path);
  // Transformers and mlx-lm keep one model in one folder.
  const together = folder !== loose && (format === 'safetensors' || format === 'mlx' || format === 'pytorch');
  const shards = groupShards(stamps.map(({ path }) => path));
  const byPath = new Map(stamps.map((stamp) => [stamp.path, stamp]));
  const missing = shards.flatMap((shard) => shard.missing.map((path) => basename(path)));
  if (together) return [{ path: folder, format, files: stamps, missing, wholeFolder: folder }];
  return shards.map((shard) => ({
    path: shard.name,
    format,
    files: shard.files.flatMap((path) => byPath.get(path) ?? []),
    missing: shard.missing.map((path) => basename(path)),
    wholeFolder: null,
  }));
}

function withoutEnding(path: string): string {
  return path.replace(/\.(?:gguf|safetensors|pth?|onnx|mlmodel|mlpackage|ckpt)$/iu, '');
}

function shortName(path: string): string {
  return basename(withoutEnding(path));
}

import { basename, dirname, relative, sep } from 'node:path';
import type { ModelFormat, ModelOrigin, ModelSource } from '@impetus/contracts';
import { groupSplits } from '@impetus/gguf';
import { calledAfter, hasCommonName } from '../file-name.ts';
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
      const { files, folders, linkedFolders } = await walk(folder);
      const seen = await lookAtAll(files, look);
      const others = groupOthers(seen, { all: files, loose: isOneModel ? null : folder });
      const groups = [...groupGguf(seen), ...others].map(withCompanions(seen));
      const nameOf = ({ path }: Group) =>
        hasCommonName(path) ? calledAfter(path, folder) : basename(withoutEnding(path));
      const shortNames = Map.groupBy(groups, nameOf);
      const models = groups.map((group): FoundModel => {
        const short = nameOf(group);
        const long = relative(folder, withoutEnding(group.path));
        return {
          // A name that two of them have is nobody's.
          wanted: shortNames.get(short)?.length === 1 ? [short, long] : [long],
          source,
          folder,
          name: null,
          origin: originOf(group.path),
          licence: null,
          hashes: new Map(),
          facts: null,
          format: group.format,
          files: group.files,
          missing: group.missing,
          wholeFolder: group.wholeFolder,
        };
      });
      return { models, visited: folders, linkedFolders };
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

const wholeFolderFormats: ReadonlySet<ModelFormat> = new Set(['safetensors', 'mlx', 'pytorch']);

/** One after the other: headers are small, and a spinning disk dislikes crowds. */
async function lookAtAll(paths: readonly string[], look: Look): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const stamps = await Promise.all(paths.map(stampOf));
  for (const stamp of stamps) if (stamp !== null) seen.push({ stamp, look: await look(stamp) });
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

interface Surroundings {
  /** Every file of the watched folder, models or not. */
  readonly all: readonly string[];
  /** The folder in which each file is a model of its own, whatever lies beside it. */
  readonly loose: string | null;
}

function groupOthers(seen: readonly Seen[], { all, loose }: Surroundings): readonly Group[] {
  const others = seen.filter(({ look }) => look.format !== null && look.format !== 'gguf');
  // Transformers and mlx-lm keep one model in one folder, and say there what it is.
  const described = new Set(
    all.filter((path) => basename(path) === 'config.json').map((path) => dirname(path)),
  );
  if (loose !== null) described.delete(loose);
  return [...Map.groupBy(others, placeOf).values()].flatMap((group) => groupsOf(group, described));
}

/** Files of one format in one folder; of a Core ML package, all that is in it. */
function placeOf({ stamp, look }: Seen): string {
  return `${look.format}:${packageOf(stamp.path) ?? dirname(stamp.path)}`;
}

function packageOf(path: string): string | null {
  return /^.*?\.(?:mlpackage|mlmodelc)(?=\/)/iu.exec(path)?.[0] ?? null;
}

function groupsOf(group: readonly Seen[], described: ReadonlySet<string>): readonly Group[] {
  const [first] = group;
  if (first === undefined) return [];
  const format = first.look.format as ModelFormat;
  const stamps = group.map(({ stamp }) => stamp);
  const wrapping = packageOf(first.stamp.path);
  if (wrapping !== null)
    return [{ path: wrapping, format, files: stamps, missing: [], wholeFolder: wrapping }];
  const folder = dirname(first.stamp.path);
  const together = described.has(folder) && wholeFolderFormats.has(format);
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

/**
 * Core ML keeps weights beside the model in its package, and ONNX in files called after it where they are large: they
 * are the model too, though nothing in them says so.
 */
function withCompanions(seen: readonly Seen[]): (group: Group) => Group {
  const unnamed = seen.filter(({ look }) => look.format === null).map(({ stamp }) => stamp);
  return (group) => {
    const belongs = companionOf(group);
    return belongs === null ? group : { ...group, files: [...group.files, ...unnamed.filter(belongs)] };
  };
}

function companionOf({ format, path, files, wholeFolder }: Group): ((file: FileStamp) => boolean) | null {
  if (format === 'coreml' && wholeFolder !== null) return (file) => file.path.startsWith(`${path}${sep}`);
  if (format !== 'onnx') return null;
  const starts = files.flatMap((file) => [`${file.path}_data`, `${file.path}.data`]);
  return (file) => starts.some((start) => file.path.startsWith(start));
}

function withoutEnding(path: string): string {
  return path.replace(/\.(?:gguf|safetensors|pth?|onnx|mlmodelc?|mlpackage|ckpt)$/iu, '');
}

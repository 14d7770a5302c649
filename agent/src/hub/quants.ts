import type { HubFile, HubQuant } from '@impetus/contracts';
import { groupSplits } from '@impetus/gguf';
import type { TreeFile } from '@impetus/hub';

/** One model of a repo, before anything is known of this machine. */
export type RepoQuant = Pick<HubQuant, 'key' | 'quant' | 'name' | 'files' | 'sizeBytes' | 'missing'>;

export interface RepoFiles {
  /** From the smallest to the largest. */
  readonly quants: readonly RepoQuant[];
  readonly otherFiles: readonly HubFile[];
}

/** How quants are named in the names of files. */
const labels =
  /(?:^|[-._/])((?:UD-)?(?:I?Q[1-8](?:_[0-9A-Z]+)*|TQ[12]_0|MXFP4(?:_MOE)?|NVFP4|BF16|FP?16|FP?32))(?=$|[-._/])/giu;
/** Halves of models and statistics, which are no models of their own. */
const notModels = /(?:^|[-_./])(?:mmproj|imatrix)/iu;

/** Sorts the files of a repo into models: splits are one, what is no model is set apart. */
export function groupFiles(files: readonly TreeFile[]): RepoFiles {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const models = files.map(({ path }) => path).filter((path) => !notModels.test(path));
  const groups = groupSplits(models).filter((group) => group.files.length > 0);
  const found = groups.map(({ name, files: paths, missing }) => {
    const own = paths.map((path) => toHubFile(byPath.get(path) as TreeFile));
    const stem = name.replace(/\.gguf$/iu, '');
    return {
      stem,
      quant: quantIn(stem),
      name: stem.split('/').at(-1) ?? stem,
      files: own,
      sizeBytes: own.reduce((total, { sizeBytes }) => total + sizeBytes, 0),
      missing: missing.map((path) => path.split('/').at(-1) ?? path),
    };
  });
  const times = Map.groupBy(found, ({ quant }) => quant);
  const quants = found.map(({ stem, ...rest }) => ({
    ...rest,
    // A label that two share names neither.
    key: rest.quant !== null && times.get(rest.quant)?.length === 1 ? rest.quant : stem,
  }));
  const used = new Set(groups.flatMap((group) => group.files));
  return {
    quants: quants.toSorted((a, b) => a.sizeBytes - b.sizeBytes),
    otherFiles: files.filter(({ path }) => !used.has(path)).map(toHubFile),
  };
}

/** The last label in a name: `Qwen3-0.6B-Q8_0`, `BF16/model`. */
export function quantIn(stem: string): string | null {
  const label = [...stem.matchAll(labels)].at(-1)?.[1]?.toUpperCase();
  return label?.replace(/^FP/u, 'F') ?? null;
}

function toHubFile({ path, size, sha256 }: TreeFile): HubFile {
  return { path, sizeBytes: size, sha256 };
}

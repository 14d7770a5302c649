import type { HubFile, ModelEntry } from '@impetus/contracts';
import type { RepoQuant } from './quants.ts';

type Known = Pick<ModelEntry, 'id' | 'origin' | 'path' | 'sizeBytes' | 'files'>;

/** The model of the library that a quant of a repo would become: by what is in it, wherever it came from. */
export function inLibrary(models: readonly Known[], repo: string, quant: RepoQuant): string | null {
  const found =
    models.find((model) => isSameContent(model, quant.files) === true) ??
    models.find((model) => isSameContent(model, quant.files) === null && hasSameOrigin(model, repo, quant));
  return found?.id ?? null;
}

/** Null while a digest is not known. */
function isSameContent({ files }: Known, wanted: readonly HubFile[]): boolean | null {
  if (files.length !== wanted.length) return false;
  const pairs = files.map((file, index) => [file.sha256, wanted[index]?.sha256 ?? null] as const);
  if (pairs.some(([here, there]) => here !== null && there !== null && here !== there)) return false;
  return pairs.every(([here, there]) => here !== null && there !== null) ? true : null;
}

function hasSameOrigin(
  { origin, sizeBytes, path }: Known,
  repo: string,
  { files, ...quant }: RepoQuant,
): boolean {
  const names = files.map((file) => file.path.split('/').at(-1));
  return origin?.repo === repo && sizeBytes === quant.sizeBytes && names.includes(path.split('/').at(-1));
}

/** A model in several files: `llama-gguf-split` names them `base-00001-of-00003.gguf` and so on. */
export interface SplitName {
  /** The path up to the number, without `.gguf`. */
  readonly base: string;
  /** From 1. */
  readonly part: number;
  readonly count: number;
}

/** The files of one model, in order. */
export interface GgufFileGroup {
  /** The path of a single file; of splits, the path that the joined file would have. */
  readonly name: string;
  readonly files: readonly string[];
  /** Parts that the names promise and that are not there. */
  readonly missing: readonly string[];
}

const pattern = /^(?<base>.+)-(?<part>\d{5})-of-(?<count>\d{5})\.gguf$/iu;
/** The largest models have some dozens; a name that claims tens of thousands must not cost anything. */
const maxParts = 1024;

/** Reads a split's name; undefined for the name of a whole file. */
export function parseSplitName(name: string): SplitName | undefined {
  const groups = pattern.exec(name)?.groups;
  if (!groups) return undefined;
  const part = Number(groups['part']);
  const count = Number(groups['count']);
  if (part < 1 || part > count || count > maxParts) return undefined;
  return { base: groups['base'] ?? '', part, count };
}

/** The names of all `count` parts of a model. */
export function splitNames(base: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${base}-${digits(index + 1)}-of-${digits(count)}.gguf`);
}

/** Sorts file names into models, in the order in which they first occur; others than GGUF are left out. */
export function groupSplits(names: readonly string[]): GgufFileGroup[] {
  const there = new Set(names);
  const groups = new Map<string, GgufFileGroup>();
  for (const name of there) {
    if (!name.toLowerCase().endsWith('.gguf')) continue;
    const split = parseSplitName(name);
    const key = split ? `${split.base}/${split.count}` : name;
    if (!groups.has(key))
      groups.set(key, split ? splitGroup(split, there) : { name, files: [name], missing: [] });
  }
  return [...groups.values()];
}

function splitGroup({ base, count }: SplitName, there: ReadonlySet<string>): GgufFileGroup {
  const names = splitNames(base, count);
  return {
    name: `${base}.gguf`,
    files: names.filter((name) => there.has(name)),
    missing: names.filter((name) => !there.has(name)),
  };
}

function digits(number: number): string {
  return String(number).padStart(5, '0');
}

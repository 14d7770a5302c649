/** The files of one model that its maker cut into several, as transformers and mlx-lm name them. */
export interface ShardGroup {
  /** The path that a single file would have. */
  readonly name: string;
  readonly files: readonly string[];
  readonly missing: readonly string[];
}

const pattern = /^(?<base>.+)-(?<part>\d{5})-of-(?<count>\d{5})(?<ending>\.[a-z]+)$/iu;
const mostParts = 1_024;

/** Joins `model-00001-of-00003.safetensors` and its like; other files are models of their own. */
export function groupShards(paths: readonly string[]): readonly ShardGroup[] {
  const there = new Set(paths);
  const groups = new Map<string, ShardGroup>();
  for (const path of paths) {
    const { base, count, ending } = pattern.exec(path)?.groups ?? {};
    const parts = Number(count);
    if (base === undefined || ending === undefined || !(parts >= 1 && parts <= mostParts)) {
      groups.set(path, { name: path, files: [path], missing: [] });
      continue;
    }
    const name = `${base}${ending}`;
    if (groups.has(`${name}:${parts}`)) continue;
    const all = Array.from({ length: parts }, (_, index) => {
      return `${base}-${String(index + 1).padStart(5, '0')}-of-${count}${ending}`;
    });
    groups.set(`${name}:${parts}`, {
      name,
      files: all.filter((part) => there.has(part)),
      missing: all.filter((part) => !there.has(part)),
    });
  }
  return [...groups.values()];
}

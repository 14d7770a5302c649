/** A model that is on the disk now. */
export interface Candidate {
  /** Where it is: the path of its first file. */
  readonly path: string;
  /** Names its first file through a rename. */
  readonly identity: string | null;
  /** The best first. */
  readonly wanted: readonly string[];
}

/** A model that once had an id. */
export interface RememberedId {
  readonly id: string;
  readonly path: string;
  readonly identity: string | null;
}

/**
 * Gives each model its id, in the order of the candidates: the one that it had at this path, else the one that the
 * same file had under another path that is gone now, else the first wanted one that nobody has.
 */
export function assignIds(
  candidates: readonly Candidate[],
  remembered: readonly RememberedId[],
): readonly string[] {
  const byPath = new Map(remembered.map((known) => [known.path, known]));
  const paths = new Set(candidates.map(({ path }) => path));
  const gone = remembered.filter(({ path, identity }) => identity !== null && !paths.has(path));
  const moved = new Map(gone.map((known) => [known.identity, known]));
  const taken = new Set<string>();
  const take = (id: string | undefined) => {
    if (id === undefined || taken.has(id)) return undefined;
    taken.add(id);
    return id;
  };
  const kept = candidates.map(({ path }) => take(byPath.get(path)?.id));
  const followed = candidates.map(({ identity }, index) => kept[index] ?? take(moved.get(identity)?.id));
  return candidates.map(({ wanted }, index) => followed[index] ?? takeNew(wanted, take));
}

function takeNew(wanted: readonly string[], take: (id: string) => string | undefined): string {
  for (const id of wanted) if (take(id) !== undefined) return id;
  const last = wanted.at(-1) ?? 'model';
  for (let number = 2; ; number += 1) {
    const id = take(`${last}-${number}`);
    if (id !== undefined) return id;
  }
}

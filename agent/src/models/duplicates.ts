/** What decides whether two models are the same. */
export interface Content {
  readonly id: string;
  /** The hashes of all its files; null until they are known. */
  readonly content: string | null;
  /** The files themselves: two entries over one file are no duplicate, since removing one frees nothing. */
  readonly identities: readonly string[];
}

/** For each model, the ids of others that hold the same on other places of the disk. */
export function duplicatesOf(models: readonly Content[]): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(
    models.filter(({ content }) => content !== null),
    ({ content }) => content,
  );
  const duplicates = new Map<string, readonly string[]>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    for (const { id, identities } of group) {
      const others = group.filter((other) => other.id !== id && !sameFiles(other.identities, identities));
      if (others.length > 0)
        duplicates.set(
          id,
          others.map((other) => other.id),
        );
    }
  }
  return duplicates;
}

function sameFiles(a: readonly string[], b: readonly string[]): boolean {
  return a.some((identity) => b.includes(identity));
}

/** Names the content of a model in one or several files. */
export function contentOf(hashes: readonly (string | null)[]): string | null {
  return hashes.length > 0 && hashes.every((hash) => hash !== null) ? hashes.join('+') : null;
}

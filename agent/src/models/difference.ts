import { isDeepStrictEqual } from 'node:util';
import type { ModelEntry } from '@impetus/contracts';

type Entries = ReadonlyMap<string, ModelEntry>;

/** What a screen that knows the one list has to hear to know the other. */
export function difference(
  before: Entries,
  after: Entries,
): { readonly changed: readonly ModelEntry[]; readonly removed: readonly string[] } {
  const changed = [...after.values()].filter((entry) => {
    const known = before.get(entry.id);
    return known !== entry && !isDeepStrictEqual(known, entry);
  });
  return { changed, removed: [...before.keys()].filter((id) => !after.has(id)) };
}

import type { ModelEntry, ReclaimReport } from '@impetus/contracts';
import { identityOf } from './files/stamp.ts';
import type { FoundModel } from './sources/types.ts';

export interface ReclaimInput {
  readonly entries: readonly ModelEntry[];
  /** Models that are links: removing one frees nothing. */
  readonly links: ReadonlySet<string>;
  /** When each model was last asked for, ISO 8601. */
  readonly lastUsed: ReadonlyMap<string, string>;
  readonly unusedDays: number;
  readonly now: Date;
}

type Found = Pick<ReclaimReport, 'duplicates' | 'unused'>;

/** What could go: copies of models that are here twice, and models that nobody asked for in a long time. */
export function findReclaimable({ entries: all, links, lastUsed, unusedDays, now }: ReclaimInput): Found {
  const entries = all.filter(({ id }) => !links.has(id));
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const since = new Date(now.getTime() - unusedDays * 86_400_000).toISOString();
  const copies = copiesOf(entries, byId);
  return {
    duplicates: copies,
    unused: entries
      .filter(({ removable }) => removable)
      .map(({ id, sizeBytes, modifiedAt }) => ({
        id,
        bytes: sizeBytes,
        lastUsedAt: lastUsed.get(id) ?? null,
        // What came lately was not left unused for long.
        since: lastUsed.get(id) ?? modifiedAt,
      }))
      .filter((model) => model.since < since)
      .map(({ id, bytes, lastUsedAt }) => ({ id, bytes, lastUsedAt }))
      .toSorted((a, b) => b.bytes - a.bytes),
  };
}

/** What models take on the disk: a file under two names once, and of a link nothing but where the cache keeps them. */
export function bytesOnDisk(models: readonly FoundModel[]): number {
  const files = models.filter((model) => !isLink(model)).flatMap((model) => model.files);
  const once = new Map(files.map((file) => [identityOf(file), file.sizeBytes]));
  return [...once.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** Whether it lies elsewhere. Hugging Face’s cache is made of links, to blobs that are its own. */
export function isLink({ source, files }: Pick<FoundModel, 'source' | 'files'>): boolean {
  return source !== 'huggingface' && files.length > 0 && files.every((file) => file.isLink);
}

/** What cannot be removed is kept first, then what its owner marked, then the first in the list. */
function copiesOf(
  entries: readonly ModelEntry[],
  byId: ReadonlyMap<string, ModelEntry>,
): Found['duplicates'] {
  const seen = new Set<string>();
  const copies: Found['duplicates'][number][] = [];
  for (const entry of entries) {
    if (seen.has(entry.id) || entry.duplicates.length === 0) continue;
    const group = [entry, ...entry.duplicates.flatMap((id) => byId.get(id) ?? [])];
    for (const { id } of group) seen.add(id);
    const [keep, ...rest] = group.toSorted((a, b) => worth(b) - worth(a));
    const others = rest.filter(({ removable }) => removable);
    if (keep === undefined || others.length === 0) continue;
    copies.push({
      keep: keep.id,
      others: others.map(({ id }) => id),
      bytes: others.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    });
  }
  return copies.toSorted((a, b) => b.bytes - a.bytes);
}

function worth({ removable, favourite, aliases }: ModelEntry): number {
  return Number(!removable) * 4 + Number(favourite) * 2 + Number(aliases.length > 0);
}

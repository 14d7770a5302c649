import type { IdRow } from './remembered-ids.ts';

export interface Adoption {
  readonly from: string;
  readonly to: string;
}

/**
 * Which models are another one that is gone, by what is in their files: moved to another disk, or fetched again
 * under another name. A model about which something is written already keeps that, and one that was here before
 * with the same content stays what it was.
 */
export function adoptions(
  now: readonly IdRow[],
  remembered: readonly IdRow[],
  isWritten: (modelId: string) => boolean,
): readonly Adoption[] {
  const here = new Set(now.map(({ id }) => id));
  const gone = new Map(
    remembered
      .filter(({ id, content }) => content !== null && !here.has(id) && isWritten(id))
      .map(({ id, content }) => [content, id]),
  );
  if (gone.size === 0) return [];
  const known = new Map(remembered.map(({ id, content }) => [id, content]));
  const adopted: Adoption[] = [];
  for (const { id, content } of now) {
    const from = gone.get(content);
    if (from === undefined || isWritten(id) || known.get(id) === content) continue;
    adopted.push({ from, to: id });
    gone.delete(content);
  }
  return adopted;
}

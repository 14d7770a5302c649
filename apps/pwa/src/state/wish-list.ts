import type { WantedDownload } from './downloads/download-actions.ts';

/** Something asked of the Mac while it was away. */
export interface Wish {
  readonly id: string;
  readonly wanted: WantedDownload;
  /** When it was asked, in milliseconds since the epoch. */
  readonly at: number;
  /** Why the Mac did not do it; null while it was not asked. */
  readonly refusal: string | null;
}

function idOf({ repo, key, revision }: WantedDownload): string {
  return JSON.stringify([repo, key ?? null, revision ?? null]);
}

/** The same wish twice is one wish, and asked anew where it was refused. */
export function addWish(list: readonly Wish[], wanted: WantedDownload, at: number): readonly Wish[] {
  const id = idOf(wanted);
  return [...list.filter((wish) => wish.id !== id), { id, wanted, at, refusal: null }];
}

export function failWish(list: readonly Wish[], id: string, refusal: string): readonly Wish[] {
  return list.map((wish) => (wish.id === id ? { ...wish, refusal } : wish));
}

/** What this browser kept; whatever is no wish is dropped. */
export function readWishes(text: string | null): readonly Wish[] {
  if (text === null) return [];
  try {
    const kept: unknown = JSON.parse(text);
    return Array.isArray(kept) ? kept.filter(isWish) : [];
  } catch {
    return [];
  }
}

function isWish(value: unknown): value is Wish {
  const wish = value as Partial<Wish> | null;
  return (
    typeof wish?.id === 'string' &&
    typeof wish.at === 'number' &&
    typeof wish.wanted?.repo === 'string' &&
    typeof wish.wanted.name === 'string'
  );
}

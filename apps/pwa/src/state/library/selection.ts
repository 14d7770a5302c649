/** What is chosen in a list, to be done something with. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where a stretch begins that is extended with Shift. */
  readonly anchor: string | null;
}

export const nothingSelected: Selection = { ids: new Set(), anchor: null };

/** Takes one in, or out again. */
export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Takes in all from the anchor to one, as the list stands. */
export function extended({ ids, anchor }: Selection, listed: readonly string[], id: string): Selection {
  const from = listed.indexOf(anchor ?? id);
  const to = listed.indexOf(id);
  if (from === -1 || to === -1) return toggled({ ids, anchor }, id);
  const stretch = listed.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...ids, ...stretch]), anchor };
}

export function allOf(listed: readonly string[]): Selection {
  return { ids: new Set(listed), anchor: listed[0] ?? null };
}

/** What is left of it when things are no longer there. */
export function within({ ids, anchor }: Selection, present: ReadonlySet<string>): Selection {
  const left = [...ids].filter((id) => present.has(id));
  return { ids: new Set(left), anchor: anchor !== null && present.has(anchor) ? anchor : null };
}

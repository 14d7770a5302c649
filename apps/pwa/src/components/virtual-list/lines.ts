/** One line of a long list: a heading, or as many things as stand side by side. */
export interface Line {
  readonly key: string;
  readonly heading: string | null;
  readonly ids: readonly string[];
  /** Whether it begins, or ends, its group. */
  readonly first: boolean;
  readonly last: boolean;
}

/** Things under one heading; without one where they need none. */
export interface Group {
  readonly heading: string | null;
  readonly ids: readonly string[];
}

/** The lines in which groups are drawn, `columns` things beside each other. */
export function toLines(groups: readonly Group[], columns: number): readonly Line[] {
  return groups.flatMap(({ heading, ids }) => {
    const head: readonly Line[] =
      heading === null ? [] : [{ key: `# ${heading}`, heading, ids: [], first: false, last: false }];
    const count = Math.ceil(ids.length / columns);
    const rows = Array.from({ length: count }, (_, row) => {
      const some = ids.slice(row * columns, (row + 1) * columns);
      return { key: some.join('\n'), heading: null, ids: some, first: row === 0, last: row === count - 1 };
    });
    return [...head, ...rows];
  });
}

/** Where a thing stands; null where it is not listed. */
export function lineOf(lines: readonly Line[], id: string): number | null {
  const index = lines.findIndex(({ ids }) => ids.includes(id));
  return index === -1 ? null : index;
}

export type Move = 'up' | 'down' | 'left' | 'right' | 'page-up' | 'page-down' | 'first' | 'last';

/** The move that a key stands for; left and right are moves only where things stand side by side. */
export function moveOf(key: string, columns: number): Move | null {
  const sideways: Partial<Record<string, Move>> =
    columns > 1 ? { ArrowLeft: 'left', ArrowRight: 'right' } : {};
  const moves: Partial<Record<string, Move>> = {
    ArrowUp: 'up',
    ArrowDown: 'down',
    PageUp: 'page-up',
    PageDown: 'page-down',
    Home: 'first',
    End: 'last',
    ...sideways,
  };
  return moves[key] ?? null;
}

/** Where a move leads from a thing; it stays within the list. `page`: how many lines are in sight. */
export function moveTo(lines: readonly Line[], from: string, move: Move, page: number): string | null {
  const rows = lines.filter(({ heading }) => heading === null);
  const row = lineOf(rows, from);
  const all = rows.flatMap(({ ids }) => ids);
  if (row === null) return all[0] ?? null;
  const column = rows[row]?.ids.indexOf(from) ?? 0;
  const inRow = (wanted: number): string | null => {
    const ids = rows[clamp(wanted, rows.length)]?.ids ?? [];
    return ids[clamp(column, ids.length)] ?? null;
  };
  switch (move) {
    case 'up':
      return inRow(row - 1);
    case 'down':
      return inRow(row + 1);
    case 'page-up':
      return inRow(row - page);
    case 'page-down':
      return inRow(row + page);
    case 'left':
      return all[clamp(all.indexOf(from) - 1, all.length)] ?? null;
    case 'right':
      return all[clamp(all.indexOf(from) + 1, all.length)] ?? null;
    case 'first':
      return all[0] ?? null;
    case 'last':
      return all.at(-1) ?? null;
  }
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1));
}

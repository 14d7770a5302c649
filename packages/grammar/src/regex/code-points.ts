/** Unicode code points as ranges, both ends included, rising and apart. Surrogates are none. */
export type CodePoints = readonly (readonly [number, number])[];

const last = 0x10_ff_ff;

/** Every character that a text can hold. */
export const everything: CodePoints = [
  [0, 0xd7_ff],
  [0xe0_00, last],
];

/** The characters of a string. */
export function characters(text: string): CodePoints {
  return union(
    ...[...text].map((character): CodePoints => {
      const point = character.codePointAt(0) ?? 0;
      return [[point, point]];
    }),
  );
}

export function range(low: string, high: string): CodePoints {
  return [[low.codePointAt(0) ?? 0, high.codePointAt(0) ?? 0]];
}

export function union(...sets: readonly CodePoints[]): CodePoints {
  const sorted = sets.flat().toSorted(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [low, high] of sorted) {
    const previous = merged.at(-1);
    if (previous !== undefined && low <= previous[1] + 1) previous[1] = Math.max(previous[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

export function intersection(a: CodePoints, b: CodePoints): CodePoints {
  const common = a.flatMap(([low, high]) =>
    b.map(([otherLow, otherHigh]) => [Math.max(low, otherLow), Math.min(high, otherHigh)] as const),
  );
  return union(common.filter(([low, high]) => low <= high));
}

export function difference(a: CodePoints, b: CodePoints): CodePoints {
  return intersection(a, complement(b));
}

/** All other characters. */
export function complement(set: CodePoints): CodePoints {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [low, high] of union(set)) {
    if (low > next) gaps.push([next, low - 1]);
    next = high + 1;
  }
  if (next <= last) gaps.push([next, last]);
  return intersection(gaps, everything);
}

export function contains(set: CodePoints, point: number): boolean {
  return set.some(([low, high]) => low <= point && point <= high);
}

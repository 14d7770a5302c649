import { printColumns } from './columns.ts';
import type { Target } from './measures/measure.ts';
import type { ModelSize } from './models/shape.ts';
import type { Comparison } from './pairs.ts';

const columns = ['ours', 'llama-server', '', 'ratio', 'from – to', 'target', ''];
const numbers: ReadonlySet<number> = new Set([1, 2, 4]);

/** Prints what was measured, with the target beside each line that has one. */
export function printComparisons(size: ModelSize, comparisons: readonly Comparison[]): void {
  const lines = comparisons.map((comparison) => cells(size, comparison));
  printColumns([[`${size} parameters`, ...columns], ...lines], numbers);
}

function cells(size: ModelSize, comparison: Comparison): readonly string[] {
  const { row, ours, theirs, ratio, ratios } = comparison;
  const target = row.target?.[size];
  return [
    row.what,
    readable(ours),
    readable(theirs),
    row.unit,
    ratio.toFixed(2),
    ratios.length === 1 ? '' : `${ratios[0]?.toFixed(2)} – ${ratios.at(-1)?.toFixed(2)}`,
    target === undefined ? '' : wording(target, row.unit),
    target === undefined || isReached(target, comparison) ? '' : 'not reached',
  ];
}

export function isReached({ of, bound, value }: Target, comparison: Comparison): boolean {
  const reached = of === 'ratio' ? Number(comparison.ratio.toFixed(2)) : comparison.ours;
  return bound === 'at least' ? reached >= value : reached <= value;
}

function wording({ of, bound, value }: Target, unit: string): string {
  return of === 'ratio' ? `${bound} ${value.toFixed(2)}` : `ours ${bound} ${value} ${unit}`;
}

function readable(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

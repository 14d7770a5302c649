/** The value below which the given share of the values lies; nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.ceil(share * sorted.length) - 1;
  return sorted[Math.max(0, Math.min(rank, sorted.length - 1))] ?? Number.NaN;
}

export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
}

/** Prints rows as a table with aligned columns. */
export function printTable(title: string, rows: readonly Row[]): void {
  const all: Row[] = [{ what: title, measured: 'measured', budget: 'budget' }, ...rows];
  const width = (column: keyof Row) => Math.max(...all.map((row) => row[column].length));
  const [first, second] = [width('what'), width('measured')];
  for (const { what, measured, budget } of all) {
    process.stdout.write(`${what.padEnd(first)}  ${measured.padStart(second)}  ${budget}\n`);
  }
}

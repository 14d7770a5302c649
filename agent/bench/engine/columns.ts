/** Prints lines as columns; those whose index is in `right` are aligned on their right. */
export function printColumns(lines: readonly (readonly string[])[], right: ReadonlySet<number>): void {
  const count = Math.max(...lines.map((line) => line.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const pad = (cell: string, column: number) =>
    right.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  for (const line of lines) process.stdout.write(`${line.map(pad).join('  ').trimEnd()}\n`);
}

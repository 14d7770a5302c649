const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** A size for people, in decimal units as Finder shows it. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** No column of a table is wider, but the last. */
const widest = 120;

/**
 * Names come from files and from other devices: a line break would tear a table apart, and an escape sequence would
 * be the terminal's to carry out.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '\uFFFD');
}

function fitting(text: string): string {
  const letters = [...text];
  return letters.length <= widest ? text : `${letters.slice(0, widest - 1).join('')}…`;
}

/** Rows as columns that line up; the first row is the heading. */
export function formatTable(table: readonly (readonly string[])[]): string {
  const rows = table.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? printable(cell) : fitting(printable(cell)))),
  );
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

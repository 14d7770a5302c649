/** The dark modules of a QR code as one SVG path: a rectangle for each run within a row. */
export function qrPath(rows: readonly (readonly boolean[])[]): string {
  return rows
    .map((row, y) =>
      runsOf(row)
        .map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)
        .join(''),
    )
    .join('');
}

function runsOf(row: readonly boolean[]): (readonly [start: number, length: number])[] {
  const runs: (readonly [number, number])[] = [];
  let start = -1;
  [...row, false].forEach((dark, x) => {
    if (dark && start === -1) start = x;
    if (!dark && start !== -1) {
      runs.push([start, x - start]);
      start = -1;
    }
  });
  return runs;
}

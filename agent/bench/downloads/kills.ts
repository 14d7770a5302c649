import { downloadWhileKilled } from './killed-download.ts';

/** One download during which the agent is killed ten times, under faults, as a table. */
export async function printKills(): Promise<void> {
  console.log('\nkill -9 ten times during one download of 96 MiB, from a Hub that cuts, refuses and lies');
  const result = await downloadWhileKilled({ kills: 10, megabytes: 96, bytesPerSecond: 4_000_000 });
  const cells = (...texts: readonly string[]) =>
    console.log(`  ${texts.map((text) => text.padStart(14)).join('')}`);
  cells('run', 'proven', 'shown', 'asked again', 'refusals', 'progress fell');
  for (const [index, round] of result.rounds.entries()) {
    cells(
      String(index + 1),
      inMegabytes(round.provenBytes),
      inMegabytes(round.shownBytes),
      `${round.askedAgainBytes} B`,
      String(round.faults),
      round.fell ? 'yes' : 'no',
    );
  }
  if (result.failure !== null) console.log(`  It failed: ${result.failure}`);
  console.log(
    `  SHA-256 ${result.digestIsRight ? 'right' : 'WRONG'}; ${inMegabytes(result.sentBytes)} were sent for ${inMegabytes(result.sizeBytes)}, what was lost with broken connections included.`,
  );
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

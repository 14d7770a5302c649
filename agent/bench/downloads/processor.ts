import { readFileSync } from 'node:fs';

/** What Linux counts in, on every machine that matters. */
const ticksPerSecond = 100;

/** User and system time of a process, all its threads together. */
export function processorSeconds(pid: number): number {
  return ticks(pid, 11, 12);
}

/** The same of its children that have ended. */
export function childrenSeconds(pid: number): number {
  return ticks(pid, 13, 14);
}

function ticks(pid: number, ...places: readonly number[]): number {
  // The program's name may have spaces, and ends with a bracket.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /su, '')
    .split(' ');
  return places.reduce((total, place) => total + Number(fields[place]), 0) / ticksPerSecond;
}

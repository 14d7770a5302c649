import type { DownloadWindow } from '@impetus/contracts';

const minutesPerDay = 24 * 60;

/** Whether downloads may run at this time, by the clock of this computer. */
export function isOpen(windows: readonly DownloadWindow[], now: Date): boolean {
  if (windows.length === 0) return true;
  const minute = now.getHours() * 60 + now.getMinutes();
  return windows.some((window) => covers(window, now.getDay(), minute));
}

function covers({ days, from, until }: DownloadWindow, day: number, minute: number): boolean {
  const [start, end] = [minutesOf(from), minutesOf(until)];
  if (start < end) return days.includes(day) && minute >= start && minute < end;
  // Over midnight, or a whole day where both are the same: the second half belongs to the day before.
  const yesterday = (day + 6) % 7;
  return (days.includes(day) && minute >= start) || (days.includes(yesterday) && minute < end);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) % minutesPerDay;
}

const unknown = '–';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const hundredths = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

/** A size as macOS counts it: decimal units, no fraction in kB, one digit in MB, two in GB. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return unknown;
  if (bytes < 1000) return `${whole.format(bytes)} bytes`;
  if (bytes < 999_500) return `${whole.format(bytes / 1e3)} kB`;
  if (bytes < 999.95e6) return `${tenths.format(bytes / 1e6)} MB`;
  if (bytes < 999.995e9) return `${hundredths.format(bytes / 1e9)} GB`;
  return `${hundredths.format(bytes / 1e12)} TB`;
}

/** A parameter count as the field writes it: 260K, 135M, 7.6B. */
export function formatParameters(count: number | null): string {
  if (count === null) return unknown;
  if (count < 1e3) return whole.format(count);
  if (count < 999.5e3) return `${whole.format(count / 1e3)}K`;
  if (count < 999.5e6) return `${count < 10e6 ? tenths.format(count / 1e6) : whole.format(count / 1e6)}M`;
  return `${count < 100e9 ? tenths.format(count / 1e9) : whole.format(count / 1e9)}B`;
}

/** A whole number with its thousands apart. */
export function formatCount(count: number | null): string {
  return count === null ? unknown : whole.format(count);
}

/** A number of tokens, or of whatever else is counted, with its unit. */
export function formatTokens(count: number | null): string {
  if (count === null) return unknown;
  return `${whole.format(count)} ${count === 1 ? 'token' : 'tokens'}`;
}

/** A writing speed. */
export function formatRate(tokensPerSecond: number): string {
  return `${(tokensPerSecond < 100 ? tenths : whole).format(tokensPerSecond)} tokens/s`;
}

/** A fraction of one as a percentage. */
export function formatPercent(fraction: number): string {
  return percent.format(fraction);
}

/** A span of time, in the one or two units that matter. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${whole.format(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 10) return `${tenths.format(seconds)} s`;
  if (seconds < 60) return `${whole.format(Math.floor(seconds))} s`;
  return twoUnits(Math.floor(seconds));
}

function twoUnits(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return pair(minutes, 'min', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return pair(hours, 'h', minutes % 60, 'min');
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** How long ago something was, coarsely. Both in milliseconds since the epoch. */
export function formatAge(then: number, now: number): string {
  const minutes = Math.floor(Math.max(0, now - then) / 60_000);
  if (minutes < 1) return 'less than a minute ago';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** A time of day, with its day where that is not today. Both in milliseconds since the epoch. */
export function formatClock(at: number, now: number): string {
  const time = clock.format(at);
  const days = daysBetween(at, now);
  if (days === 0) return time;
  if (days === 1) return `yesterday ${time}`;
  return `${dayAndMonth.format(at)} ${time}`;
}

const exactClock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** As `formatClock`, to the second. */
export function formatMoment(at: number, now: number): string {
  return formatClock(at, now).replace(clock.format(at), exactClock.format(at));
}

/** The day of a moment, as a heading. Both in milliseconds since the epoch. */
export function formatDay(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return 'Today';
  return days === 1 ? 'Yesterday' : dayAndMonth.format(at);
}

/** How many midnights lie between two moments, by this device's calendar. */
export function daysBetween(then: number, now: number): number {
  const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(then)) / 86_400_000);
}

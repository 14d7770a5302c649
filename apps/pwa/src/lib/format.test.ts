import { expect, test } from 'vitest';
import {
  daysBetween,
  formatAge,
  formatBytes,
  formatClock,
  formatDay,
  formatDuration,
  formatMoment,
  formatParameters,
  formatPercent,
  formatRate,
  formatTokens,
} from './format.ts';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [1_185_376, '1.2 MB'],
  [740_000_000, '740 MB'],
  [999_949_999, '999.9 MB'],
  [4_370_000_000, '4.37 GB'],
  [68_719_476_736, '68.72 GB'],
  [2_000_000_000_000, '2 TB'],
  [null, '–'],
])('%s bytes read %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [292_800, '293K'],
  [656_000, '656K'],
  [1_240_000, '1.2M'],
  [134_515_008, '135M'],
  [999_600_000, '1B'],
  [7_615_616_512, '7.6B'],
  [405_000_000_000, '405B'],
])('%s parameters read %s', (count, text) => {
  expect(formatParameters(count)).toBe(text);
});

test.each([
  [0, '0 ms'],
  [210.4, '210 ms'],
  [3_449, '3.4 s'],
  [34_900, '34 s'],
  [60_000, '1 min'],
  [125_000, '2 min 5 s'],
  [4_320_000, '1 h 12 min'],
  [273_600_000, '3 d 4 h'],
])('%s ms read %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('ages are coarse, and a clock that runs ahead is no time at all', () => {
  const now = Date.UTC(2026, 0, 2, 12);
  expect(formatAge(now + 5_000, now)).toBe('less than a minute ago');
  expect(formatAge(now - 59_000, now)).toBe('less than a minute ago');
  expect(formatAge(now - 12 * 60_000, now)).toBe('12 min ago');
  expect(formatAge(now - 3 * 3_600_000, now)).toBe('3 h ago');
  expect(formatAge(now - 25 * 3_600_000, now)).toBe('1 day ago');
  expect(formatAge(now - 72 * 3_600_000, now)).toBe('3 days ago');
});

test('a time of day names its day when it is not today', () => {
  const at = (day: number, hour: number, minute: number): number =>
    new Date(2026, 2, day, hour, minute).getTime();
  expect(formatClock(at(12, 9, 41), at(12, 23, 59))).toBe('09:41');
  expect(formatClock(at(12, 23, 59), at(13, 0, 1))).toBe('yesterday 23:59');
  expect(formatClock(at(10, 7, 5), at(13, 7, 5))).toBe('10 Mar 07:05');
});

test('a moment is told to the second', () => {
  const at = (day: number, second: number) => new Date(2026, 2, day, 9, 41, second).getTime();
  expect(formatMoment(at(12, 7), at(12, 50))).toBe('09:41:07');
  expect(formatMoment(at(11, 7), at(12, 50))).toBe('yesterday 09:41:07');
});

test('days are named as one calls them', () => {
  const at = (day: number) => new Date(2026, 2, day, 9).getTime();
  expect([12, 11, 3].map((day) => formatDay(at(day), at(12)))).toEqual(['Today', 'Yesterday', '3 Mar']);
});

test('days are counted by midnights, not by hours', () => {
  expect(daysBetween(new Date(2026, 2, 28, 23, 59).getTime(), new Date(2026, 2, 30, 0, 1).getTime())).toBe(2);
});

test('rates and counts carry their unit', () => {
  expect(formatRate(8.26)).toBe('8.3 tokens/s');
  expect(formatRate(547.4)).toBe('547 tokens/s');
  expect(formatTokens(1)).toBe('1 token');
  expect(formatTokens(32_768)).toBe('32,768 tokens');
  expect(formatPercent(0.424)).toBe('42%');
});

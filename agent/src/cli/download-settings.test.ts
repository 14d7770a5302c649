import { defaultDownloadSettings } from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import { formatDownloadSettings, readHours, readSpeed, readSwitch } from './download-settings.ts';

const everyDay = [0, 1, 2, 3, 4, 5, 6];

describe('hours', () => {
  it.each([
    ['none', []],
    ['23:00-07:00', [{ days: everyDay, from: '23:00', until: '07:00' }]],
    [
      'mon-fri 23:00-07:00, Sat 00:00–00:00',
      [
        { days: [1, 2, 3, 4, 5], from: '23:00', until: '07:00' },
        { days: [6], from: '00:00', until: '00:00' },
      ],
    ],
    ['sat-mon 10:00-12:00', [{ days: [6, 0, 1], from: '10:00', until: '12:00' }]],
  ])('%s', (text, windows) => {
    expect(readHours(text)).toEqual(windows);
  });

  it.each(['', 'night', '7-9', 'nix 10:00-12:00', 'mon- 10:00-12:00'])('“%s” is none', (text) => {
    expect(() => readHours(text)).toThrow(/Write/u);
  });
});

describe('a speed', () => {
  it.each([
    ['none', null],
    ['2500000', 2_500_000],
    ['2.5MB', 2_500_000],
    ['800 kB/s', 800_000],
    ['1g', 1_000_000_000],
  ])('%s', (text, bytes) => {
    expect(readSpeed(text)).toBe(bytes);
  });

  it.each(['fast', '-1', '2,5MB', '1 TB'])('%s is none', (text) => {
    expect(() => readSpeed(text)).toThrow(/no speed/u);
  });
});

it('a switch is on or off, and nothing else is taken for off', () => {
  expect(['1', 'yes', 'on', '0', 'No', 'off'].map((text) => readSwitch('x', text))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(() => readSwitch('x', 'maybe')).toThrow(/neither yes nor no/u);
});

it('the days of hours are shown where they are not all', () => {
  const windows = readHours('mon-tue 23:00-07:00, 12:00-13:00');
  expect(formatDownloadSettings({ ...defaultDownloadSettings, windows })).toMatch(
    /hours +mon\+tue 23:00–07:00, 12:00–13:00$/u,
  );
});

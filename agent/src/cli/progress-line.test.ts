import type { Download } from '@impetus/contracts';
import { expect, it } from 'vitest';
import { progressLine } from './progress-line.ts';

const download = {
  doneBytes: 500_000_000,
  sizeBytes: 2_000_000_000,
  state: 'downloading',
  waitsFor: null,
  bytesPerSecond: 12_500_000,
  secondsLeft: 120,
  error: null,
} as Download;

it('tells how far, how fast and how long', () => {
  expect(progressLine(download)).toBe(
    '██████░░░░░░░░░░░░░░░░░░  25 %  500 MB of 2.0 GB  13 MB/s, 2 min left',
  );
});

it('tells what it waits for, and why', () => {
  const error = { code: 'hub_unavailable', message: 'The server asks to slow down.' } as const;
  expect(progressLine({ ...download, state: 'waiting', waitsFor: 'retry', error })).toMatch(
    /waiting to try again: The server asks to slow down\.$/u,
  );
});

it('is whole for an empty file', () => {
  expect(progressLine({ ...download, doneBytes: 0, sizeBytes: 0, state: 'done' })).toContain('100 %');
});

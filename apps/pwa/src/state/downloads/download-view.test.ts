import type { Download } from '@impetus/contracts/downloads';
import { expect, test } from 'vitest';
import { downloadName, fileName, formatLeft, totalWords, viewDownload } from './download-view.ts';
import { downloadWith } from './testing/download.ts';

const now = Date.parse('2026-01-01T10:00:00.000Z');
const error = { code: 'hub_unavailable', message: 'The Hub does not answer.' } as const;

test.each<[Partial<Download>, string, string, string]>([
  [{ state: 'queued', doneBytes: 0 }, 'waiting', 'In line', '4 GB'],
  [
    { state: 'downloading', bytesPerSecond: 45e6, secondsLeft: 67 },
    'working',
    'Downloading',
    '1 GB of 4 GB · 45 MB/s · 1 min left',
  ],
  [{ state: 'finishing', doneBytes: 4e9 }, 'working', 'Checking', '4 GB of 4 GB'],
  [{ state: 'paused' }, 'away', 'Paused', '1 GB of 4 GB'],
  [{ state: 'done', doneBytes: 4e9 }, 'done', 'In the library', '4 GB'],
  [{ state: 'failed', error }, 'failed', 'Failed', '1 GB of 4 GB'],
  [
    { state: 'waiting', waitsFor: 'retry', retryAt: '2026-01-01T10:00:12.000Z', error },
    'waiting',
    'Tries again in 12 s',
    '1 GB of 4 GB',
  ],
  [{ state: 'waiting', waitsFor: 'disk', error }, 'waiting', 'Waits for room on the disk', '1 GB of 4 GB'],
  [
    { state: 'waiting', waitsFor: 'folder', error },
    'waiting',
    'Waits for the disk of the models',
    '1 GB of 4 GB',
  ],
  [{ state: 'waiting', waitsFor: 'mains' }, 'waiting', 'Waits for mains power', '1 GB of 4 GB'],
])('%j is %s: %s, %s', (some, kind, words, amounts) => {
  const view = viewDownload(downloadWith(some), true, now);
  expect(view).toMatchObject({ kind, words });
  expect(view.amounts.join(' · ')).toBe(amounts);
});

test('a download that failed, or waits after a failure, says why', () => {
  const { reason } = viewDownload(downloadWith({ state: 'failed', error }), true, now);
  expect(reason).toBe('The Hub does not answer.');
});

test.each([
  ['F32/big-model-F32-00001-of-00012.gguf', 'Part 1 of 12'],
  ['F32/big-model-F32.gguf', 'big-model-F32.gguf'],
])('the file %s is called %s', (path, name) => {
  expect(fileName({ path })).toBe(name);
});

test('while the Mac is away nothing is said to move', () => {
  const view = viewDownload(downloadWith({ bytesPerSecond: 45e6, secondsLeft: 9 }), false, now);
  expect(view).toMatchObject({ kind: 'away', words: 'Was downloading', amounts: ['1 GB of 4 GB'] });
});

test.each([
  [0.2, '1 s left'],
  [59, '59 s left'],
  [95, '2 min left'],
  [3_600 * 2 + 400, '2 h 5 min left'],
])('%f seconds are %s', (seconds, words) => {
  expect(formatLeft(seconds)).toBe(words);
});

test('a quant that is in the name already is not said twice', () => {
  expect(downloadName({ name: 'Qwen 7B', quant: 'Q4_K_M' })).toBe('Qwen 7B Q4_K_M');
  expect(downloadName({ name: 'qwen-7b-q4_k_m', quant: 'Q4_K_M' })).toBe('qwen-7b-q4_k_m');
  expect(downloadName({ name: 'qwen', quant: null })).toBe('qwen');
});

test('all together: what is still to come, and how fast', () => {
  const two = [downloadWith({ bytesPerSecond: 10e6 }), downloadWith({ state: 'paused', doneBytes: 3e9 })];
  expect(totalWords(two, true)).toBe('4 GB to go · 10 MB/s');
  expect(totalWords(two, false)).toBe('4 GB to go');
  expect(totalWords([downloadWith({ state: 'done', doneBytes: 4e9 })], true)).toBe('');
});

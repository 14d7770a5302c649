import { expect, it } from 'vitest';
import { afterFailure } from './after-failure.ts';
import { ModelsFolderAway } from './place.ts';
import { backoffMs } from './transfer/backoff.ts';
import { TransferError } from './transfer/errors.ts';

it('being offline is tried again without end, nonsense is not', () => {
  expect(afterFailure(new TransferError('network', ''), 1_000).kind).toBe('retry');
  expect(afterFailure(new TransferError('nonsense', ''), 5).kind).toBe('retry');
  expect(afterFailure(new TransferError('nonsense', ''), 6).kind).toBe('fail');
  expect(afterFailure(new TransferError('refused', ''), 1).kind).toBe('fail');
  expect(afterFailure(new Error('a defect'), 1).kind).toBe('fail');
});

it('a full disk is waited for', () => {
  expect(afterFailure(Object.assign(new Error(), { code: 'ENOSPC' }), 1)).toEqual({ kind: 'disk' });
});

it('a models folder whose disk is not connected is waited for', () => {
  expect(afterFailure(new ModelsFolderAway('/Volumes/Models'), 1)).toEqual({ kind: 'folder' });
});

it('waits longer each time, never less than the server asked, never at the same moment as others', () => {
  const waits = [1, 2, 3, 20].map((failures) => backoffMs(failures, 0, () => 1));
  expect(waits).toEqual([1_000, 2_000, 4_000, 60_000]);
  expect(backoffMs(3, 0, () => 0)).toBe(2_000);
  expect(backoffMs(1, 30, () => 0)).toBe(30_000);
});

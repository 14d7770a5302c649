import { ImpetusError } from '@impetus/contracts';
import { isDiskFull } from '../platform/disk-errors.ts';
import { ModelsFolderAway } from './place.ts';
import { backoffMs } from './transfer/backoff.ts';
import { TransferError } from './transfer/errors.ts';

/** What becomes of a download whose run ended early. */
export type Consequence =
  | { readonly kind: 'retry'; readonly waitMs: number }
  /** Until there is room on the disk, or the disk itself is there again. */
  | { readonly kind: 'disk' | 'folder' }
  | { readonly kind: 'fail' };

/** Being offline is no reason to give up; a server that sends nonsense again and again is. */
const mostTries = {
  network: Infinity,
  busy: Infinity,
  nonsense: 6,
  changed: 3,
  refused: 1,
  gone: 1,
  disk: Infinity,
};

/** `failures`: runs in a row that brought nothing, this one included. */
export function afterFailure(error: unknown, failures: number): Consequence {
  if (error instanceof ModelsFolderAway) return { kind: 'folder' };
  if (isDiskFull(error) || (error instanceof ImpetusError && error.code === 'disk_full'))
    return { kind: 'disk' };
  if (!(error instanceof TransferError)) return { kind: 'fail' };
  if (failures >= mostTries[error.kind]) return { kind: 'fail' };
  return { kind: 'retry', waitMs: backoffMs(failures, error.retryAfterSeconds) };
}

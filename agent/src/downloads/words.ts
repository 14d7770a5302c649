import { ImpetusError, toImpetusError, type WireError } from '@impetus/contracts';
import { isDiskFull } from '../platform/disk-errors.ts';
import { TransferError, wireCodes } from './transfer/errors.ts';

const advice: Partial<Record<TransferError['kind'], string>> = {
  refused:
    'Open the repo on the Hub and agree to its terms, or give the agent a token that may read it; then try again.',
  gone: 'Its author may have removed it; look at the repo on the Hub.',
  changed: 'Remove this download and choose the file again, to get the one that is there now.',
};

/** Why a download failed or waits, for its owner. */
export function explain(error: unknown): WireError {
  if (isDiskFull(error))
    return {
      code: 'disk_full',
      message:
        'The disk is full. The download goes on by itself once there is room; what came so far is kept.',
    };
  if (error instanceof ImpetusError) return error.toWire();
  if (!(error instanceof TransferError)) return toImpetusError(error).toWire();
  const more = advice[error.kind];
  return {
    code: wireCodes[error.kind],
    message: more === undefined ? error.message : `${error.message} ${more}`,
  };
}

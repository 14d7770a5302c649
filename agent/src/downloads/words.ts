import { ImpetusError, toImpetusError, type WireError } from '@impetus/contracts';
import { isDiskError, isDiskFull } from '../platform/disk-errors.ts';
import { ModelsFolderAway } from './place.ts';
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
  if (error instanceof ModelsFolderAway)
    return withMore(
      error,
      'The download goes on by itself then. Where what came so far is lost, cancel it and download anew.',
    );
  if (error instanceof ImpetusError && error.code === 'disk_full')
    return withMore(error, 'The download goes on by itself then; what came so far is kept.');
  if (error instanceof ImpetusError) return error.toWire();
  if (isDiskError(error))
    return {
      code: 'conflict',
      message: `The models folder cannot be written: ${error.message}. Look at its disk and at who may write there, then try again; what came so far is kept.`,
    };
  if (!(error instanceof TransferError)) return toImpetusError(error).toWire();
  const more = advice[error.kind];
  return {
    code: wireCodes[error.kind],
    message: more === undefined ? error.message : `${error.message} ${more}`,
  };
}

function withMore(error: ImpetusError, more: string): WireError {
  return { ...error.toWire(), message: `${error.message} ${more}` };
}

import { isDiskError } from '../../platform/disk-errors.ts';
import { TransferError } from './errors.ts';
import { offline } from './open-range.ts';
import type { TokenBucket } from './token-bucket.ts';
import type { Body } from './wire/body.ts';

export interface EachChunkOptions {
  readonly body: Body;
  readonly bucket: TokenBucket;
  /** So long without a byte ends it. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
}

/**
 * Hands over what comes at the speed that is allowed. Rejects with the reason, in words for the owner, where it is
 * stopped, falls silent or breaks off. Whatever the end, the body is done with.
 */
export async function eachChunk(
  { body, bucket, silenceMs, signal }: EachChunkOptions,
  take: (chunk: Buffer) => Promise<unknown> | null,
): Promise<void> {
  // While the server is waited for; not while what came is written or paid for.
  let idle = true;
  const silence = setTimeout(() => {
    if (idle) body.destroy(new Error('silence'));
    else silence.refresh();
  }, silenceMs);
  const goOn = () => {
    silence.refresh();
    idle = true;
  };
  const abort = () => body.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    await body.each((chunk) => {
      idle = false;
      const waits = [take(chunk), bucket.take(chunk.length, signal)].filter((wait) => wait !== null);
      if (waits.length > 0) return Promise.all(waits).then(goOn);
      goOn();
      return null;
    });
  } catch (error) {
    body.destroy();
    throw whyItEnded(error, signal);
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', abort);
  }
}

function whyItEnded(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof TransferError) return error;
  if (isDiskError(error)) return error;
  return offline('the server', error);
}

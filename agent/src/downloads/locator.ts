import { HubError, resolveFile, type HubClient } from '@impetus/hub';
import { TransferError, type TransferErrorKind } from './transfer/errors.ts';
import type { Locator } from './transfer/transfer.ts';

export interface WantedFile {
  readonly repo: string;
  readonly revision: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string | null;
}

/** Asks the Hub where the bytes of a file are, and whether it still is the file that was chosen. */
export function hubLocator(client: HubClient, file: WantedFile): Locator {
  let known: Promise<string> | null = null;
  return {
    locate(signal) {
      known ??= resolve(client, file, signal).catch((error: unknown) => {
        known = null;
        throw error;
      });
      return known;
    },
    giveUp(address) {
      const asked = known;
      void asked?.then(
        (current) => {
          if (current === address && known === asked) known = null;
        },
        () => {},
      );
    },
  };
}

async function resolve(client: HubClient, file: WantedFile, signal: AbortSignal): Promise<string> {
  try {
    const { url, commit, etag, size } = await resolveFile(client, file, signal);
    const isDigest = etag !== null && /^[0-9a-f]{64}$/iu.test(etag);
    const changed =
      (size !== null && size !== file.sizeBytes) ||
      (isDigest && file.sha256 !== null && etag.toLowerCase() !== file.sha256) ||
      (commit !== null && /^[0-9a-f]{40}$/u.test(file.revision) && commit !== file.revision);
    if (changed)
      throw new TransferError('changed', 'The Hub has another file there than the one that was chosen.');
    return url;
  } catch (error) {
    throw fromHub(error);
  }
}

const kinds: Readonly<Record<HubError['kind'], TransferErrorKind>> = {
  unreachable: 'network',
  'bad-answer': 'nonsense',
  unavailable: 'busy',
  'rate-limited': 'busy',
  'not-found': 'gone',
  token: 'refused',
  access: 'refused',
};

function fromHub(error: unknown): unknown {
  if (!(error instanceof HubError)) return error;
  const { message, retryAfterSeconds } = error;
  return new TransferError(kinds[error.kind], message, { retryAfterSeconds, cause: error });
}

import type { ErrorCode } from '@impetus/contracts';

/**
 * `network`: the way to the server; `busy`: it asks to wait; `refused`: it does not let us at it; `nonsense`: what it
 * sent cannot be used; `changed`: the file is another one than was asked for; `gone`: there is none; `disk`: no room.
 */
export type TransferErrorKind = 'network' | 'busy' | 'refused' | 'nonsense' | 'changed' | 'gone' | 'disk';

/** Why bytes did not come, in words for the owner of the download. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
  readonly kind: TransferErrorKind;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    kind: TransferErrorKind,
    message: string,
    options: { readonly retryAfterSeconds?: number | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.kind = kind;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** How each kind is told to screens. */
export const wireCodes: Readonly<Record<TransferErrorKind, ErrorCode>> = {
  network: 'hub_unavailable',
  busy: 'hub_unavailable',
  refused: 'hub_access',
  nonsense: 'hub_unavailable',
  changed: 'conflict',
  gone: 'not_found',
  disk: 'disk_full',
};

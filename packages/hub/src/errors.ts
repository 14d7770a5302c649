/**
 * `unreachable`: no answer; `bad-answer`: one that is not the Hub's; `unavailable`: it says that it cannot now;
 * `token`: it does not know the token; `access`: it knows who asks and says no, or wants to know who asks.
 */
export type HubErrorKind =
  | 'unreachable'
  | 'bad-answer'
  | 'unavailable'
  | 'rate-limited'
  | 'not-found'
  | 'token'
  | 'access';

export interface HubErrorOptions {
  readonly status?: number | undefined;
  /** The Hub's own word, such as `GatedRepo`. */
  readonly code?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

/** Why the Hub did not give what was asked of it. The message is plain and holds no secret. */
export class HubError extends Error {
  override readonly name = 'HubError';
  readonly kind: HubErrorKind;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(kind: HubErrorKind, message: string, options: HubErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.kind = kind;
    this.status = options.status;
    this.code = options.code;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Headers of an answer, by lower-case name. */
export interface AnswerHeaders {
  get(name: string): string | null;
}

/** What an answer that is no success means, by its status and the Hub's own word for it. */
export function refusalOf(status: number, headers: AnswerHeaders): HubError {
  const code = headers.get('x-error-code') ?? undefined;
  const retryAfterSeconds = retryAfter(headers);
  const options = { status, code, retryAfterSeconds };
  if (status === 429)
    return new HubError('rate-limited', 'The Hub asks to slow down: too many requests.', options);
  if (code === 'GatedRepo')
    return new HubError('access', 'The repo is gated: its terms have to be agreed to first.', options);
  if (status === 401)
    return new HubError('access', 'The Hub wants to know who asks, or there is no such repo.', options);
  if (status === 403) return new HubError('access', 'The Hub does not let this account at it.', options);
  if (status === 404 || status === 410)
    return new HubError('not-found', 'The Hub has nothing there.', options);
  if (status >= 500)
    return new HubError('unavailable', `The Hub has a problem of its own (${status}).`, options);
  return new HubError('bad-answer', `The Hub answered with status ${status}.`, options);
}

/** Waits longer than this are not taken from a server's word. */
const longestWaitSeconds = 3_600;

/** Seconds after which to ask again: `Retry-After` as seconds or a date, or the `t` of the Hub's `RateLimit`. */
export function retryAfter(headers: AnswerHeaders, now = Date.now()): number | undefined {
  const plain = headers.get('retry-after');
  const window = /(?:^|[;,\s])t=(\d+)/u.exec(headers.get('ratelimit') ?? '')?.[1];
  const seconds =
    plain === null
      ? Number(window ?? Number.NaN)
      : /^\d+$/u.test(plain)
        ? Number(plain)
        : (Date.parse(plain) - now) / 1000;
  if (!Number.isFinite(seconds)) return undefined;
  return Math.min(longestWaitSeconds, Math.max(0, Math.ceil(seconds)));
}

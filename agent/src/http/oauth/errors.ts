import { oauthErrorCodes, type ErrorCode, type ImpetusError, type OAuthErrorCode } from '@impetus/contracts';
import { httpStatus } from '../../errors.ts';
import type { ErrorReply } from '../errors.ts';

const named: ReadonlySet<string> = new Set(oauthErrorCodes);

/** OAuth's words for what is refused before it is looked at as OAuth. */
const others: Partial<Record<ErrorCode, OAuthErrorCode>> = {
  internal: 'server_error',
  rate_limited: 'temporarily_unavailable',
  shutting_down: 'temporarily_unavailable',
};

const codeOf = ({ code, detail }: ImpetusError): OAuthErrorCode =>
  detail !== undefined && named.has(detail)
    ? (detail as OAuthErrorCode)
    : (others[code] ?? 'invalid_request');

/** OAuth's own refusals are 400, but for a client that is none (RFC 6749, 5.2) and one that is to wait. */
function statusOf(error: ImpetusError): number {
  if (error.detail === undefined) return httpStatus[error.code];
  if (error.detail === 'invalid_client') return 401;
  return error.retryAfterSeconds === undefined ? 400 : 429;
}

/** An error in the form of RFC 6749, 5.2. */
export function oauthReply(error: ImpetusError): ErrorReply {
  const { retryAfterSeconds, message } = error;
  return {
    status: statusOf(error),
    body: { error: codeOf(error), error_description: message },
    headers: {
      'cache-control': 'no-store',
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
  };
}

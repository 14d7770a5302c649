import { ImpetusError, type ErrorCode, type OAuthErrorCode } from '@impetus/contracts';

const codes: Partial<Record<OAuthErrorCode, ErrorCode>> = {
  slow_down: 'rate_limited',
  access_denied: 'forbidden',
  temporarily_unavailable: 'rate_limited',
};

/** An error that the OAuth endpoints answer under OAuth's own code. */
export function oauthError(
  detail: OAuthErrorCode,
  message: string,
  retryAfterSeconds?: number,
): ImpetusError {
  return new ImpetusError(codes[detail] ?? 'invalid_request', message, {
    detail,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

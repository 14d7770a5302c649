import type { IncomingHttpHeaders } from 'node:http';
import { ImpetusError, toImpetusError, type ErrorCode } from '@impetus/contracts';
import { isAnthropicClient } from '../dialects/anthropic/clients.ts';
import { anthropicError } from '../dialects/anthropic/errors.ts';
import { llamaCppError } from '../dialects/llamacpp/errors.ts';
import { ollamaError } from '../dialects/ollama/errors.ts';
import { openaiError } from '../dialects/openai/errors.ts';
import { httpStatus } from '../errors.ts';
import { toErrorShape } from '../management/errors.ts';
import { isBelow, isLlamaCpp } from './endpoints.ts';
import { oauthReply } from './oauth/errors.ts';

/** An error as an HTTP answer. */
export interface ErrorReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const pathOf = (url: string): string => url.split('?', 1)[0] ?? '/';

const refusals: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['payload_too_large', 'The body is larger than this endpoint accepts.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media_type', 'Send the body as application/json.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid_request', 'The body is not valid JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid_request', 'The body is empty; a JSON object was expected.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'invalid_request',
    'The body is not as long as its Content-Length says.',
  ],
  FST_ERR_BAD_URL: ['invalid_request', 'The address has a percent-encoding that cannot be decoded.'],
  FST_ERR_MAX_PARAM_LENGTH: ['invalid_request', 'A part of the address is too long.'],
};

/** Whatever a route, a hook or Fastify itself threw, as an error that is safe to show. */
export function fromFastify(thrown: unknown): ImpetusError {
  const { code = '', statusCode = 500 } = thrown as { code?: string; statusCode?: number };
  const refusal = refusals[code];
  if (refusal !== undefined) return new ImpetusError(refusal[0], refusal[1], { cause: thrown });
  if (thrown instanceof ImpetusError || statusCode >= 500 || statusCode < 400) return toImpetusError(thrown);
  return new ImpetusError('invalid_request', 'The request could not be read.', { cause: thrown });
}

/** What of a request, beside its path, tells who asks. */
interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly id: string | null;
}

/** The error in the form of those who call this path. */
export function errorReply(
  path: string,
  error: ImpetusError,
  { headers, id }: Asked = { headers: {}, id: null },
): ErrorReply {
  if (isBelow(path, '/v1/messages') || (isBelow(path, '/v1') && isAnthropicClient(headers)))
    return anthropicError(error, id);
  if (isBelow(path, '/v1')) return openaiError(error);
  // LM Studio's errors are words alone, too.
  if (isBelow(path, '/api')) return ollamaError(error);
  if (isLlamaCpp(path)) return llamaCppError(error);
  if (isBelow(path, '/oauth')) return oauthReply(error);
  const shape = isBelow(path, '/trpc') ? toErrorShape(error) : error.toWire();
  return {
    status: httpStatus[error.code],
    body: { error: shape },
    headers: {
      ...(error.code === 'unauthorized' && { 'www-authenticate': 'Bearer' }),
      ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
    },
  };
}

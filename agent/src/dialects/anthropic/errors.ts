import type { ErrorCode, ImpetusError } from '@impetus/contracts';

/** An error as Anthropic's clients expect it, in an answer and in a stream. */
export interface AnthropicError {
  readonly type: 'error';
  readonly error: { readonly type: string; readonly message: string };
  readonly request_id: string | null;
}

export interface AnthropicErrorReply {
  readonly status: number;
  readonly body: AnthropicError;
  readonly headers: Readonly<Record<string, string>>;
}

type Mapping = readonly [status: number, type: string];

/** Types and statuses are Anthropic's own where it has them for the case. */
const mapping: Readonly<Record<ErrorCode, Mapping>> = {
  invalid_request: [400, 'invalid_request_error'],
  unauthorized: [401, 'authentication_error'],
  forbidden: [403, 'permission_error'],
  host_not_allowed: [421, 'invalid_request_error'],
  origin_not_allowed: [403, 'permission_error'],
  not_found: [404, 'not_found_error'],
  method_not_allowed: [405, 'invalid_request_error'],
  conflict: [409, 'conflict_error'],
  payload_too_large: [413, 'request_too_large'],
  unsupported_media_type: [415, 'invalid_request_error'],
  model_not_found: [404, 'not_found_error'],
  model_unusable: [400, 'invalid_request_error'],
  model_load_failed: [500, 'api_error'],
  context_length_exceeded: [400, 'invalid_request_error'],
  insufficient_memory: [503, 'overloaded_error'],
  queue_full: [529, 'overloaded_error'],
  rate_limited: [429, 'rate_limit_error'],
  runner_failed: [502, 'api_error'],
  cancelled: [499, 'api_error'],
  timeout: [504, 'timeout_error'],
  disk_full: [507, 'api_error'],
  hub_unavailable: [502, 'api_error'],
  hub_access: [403, 'permission_error'],
  shutting_down: [503, 'overloaded_error'],
  internal: [500, 'api_error'],
};

/** An error in Anthropic's form, with its status and the headers that go with it. */
export function anthropicError(error: ImpetusError, requestId: string | null): AnthropicErrorReply {
  const [status, type] = mapping[error.code];
  return {
    status,
    body: { type: 'error', error: { type, message: messageOf(error) }, request_id: requestId },
    headers: {
      ...(requestId !== null && { 'request-id': requestId }),
      ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
      ...(error.code === 'unauthorized' && { 'www-authenticate': 'Bearer' }),
    },
  };
}

/** Clients look for these very words, to shorten a conversation and ask again. */
function messageOf({ message, tokens }: ImpetusError): string {
  if (tokens === undefined) return message;
  return `prompt is too long: ${tokens.wanted} tokens > ${tokens.limit} maximum. ${message}`;
}

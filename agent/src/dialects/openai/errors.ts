import type { ErrorCode, ImpetusError } from '@impetus/contracts';

/** An error as OpenAI's clients expect it. */
export interface OpenAiError {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
}

export interface OpenAiErrorReply {
  readonly status: number;
  readonly body: OpenAiError;
  readonly headers: Readonly<Record<string, string>>;
}

interface Mapping {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
}

const badRequest = (code: string | null, status = 400): Mapping => ({
  status,
  type: 'invalid_request_error',
  code,
});
const failed = (status: number, code: string): Mapping => ({ status, type: 'server_error', code });

/** Codes are OpenAI's own where it has one for the case. */
const mapping: Readonly<Record<ErrorCode, Mapping>> = {
  invalid_request: badRequest(null),
  unauthorized: badRequest('invalid_api_key', 401),
  forbidden: { status: 403, type: 'permission_error', code: 'insufficient_permissions' },
  host_not_allowed: badRequest('host_not_allowed', 421),
  origin_not_allowed: { status: 403, type: 'permission_error', code: 'origin_not_allowed' },
  not_found: badRequest('unknown_url', 404),
  method_not_allowed: badRequest('method_not_supported', 405),
  conflict: badRequest('conflict', 409),
  payload_too_large: badRequest('request_too_large', 413),
  unsupported_media_type: badRequest('unsupported_content_type', 415),
  model_not_found: badRequest('model_not_found', 404),
  model_unusable: badRequest('model_unusable', 400),
  model_load_failed: failed(500, 'model_load_failed'),
  context_length_exceeded: badRequest('context_length_exceeded'),
  insufficient_memory: failed(503, 'insufficient_memory'),
  queue_full: failed(503, 'server_overloaded'),
  rate_limited: { status: 429, type: 'requests', code: 'rate_limit_exceeded' },
  runner_failed: failed(502, 'runner_failed'),
  cancelled: failed(499, 'cancelled'),
  timeout: failed(504, 'timeout'),
  disk_full: failed(507, 'disk_full'),
  hub_unavailable: failed(502, 'hub_unavailable'),
  hub_access: { status: 403, type: 'permission_error', code: 'hub_access' },
  shutting_down: failed(503, 'shutting_down'),
  internal: failed(500, 'internal_error'),
};

/** An error in OpenAI's form, with its status and the headers that go with it. */
export function openaiError(error: ImpetusError): OpenAiErrorReply {
  const { status, type, code } = mapping[error.code];
  return {
    status,
    body: {
      error: { message: error.message, type, param: error.param ?? null, code: error.detail ?? code },
    },
    headers: {
      ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
      ...(error.code === 'unauthorized' && { 'www-authenticate': 'Bearer' }),
    },
  };
}

import type { ErrorCode } from '@impetus/contracts';

/** The HTTP status of each code on the management wire; dialects have their own tables. */
export const httpStatus: Readonly<Record<ErrorCode, number>> = {
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  host_not_allowed: 421,
  origin_not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  model_not_found: 404,
  model_unusable: 409,
  model_load_failed: 500,
  context_length_exceeded: 400,
  insufficient_memory: 503,
  queue_full: 503,
  rate_limited: 429,
  runner_failed: 502,
  cancelled: 499,
  timeout: 504,
  disk_full: 507,
  shutting_down: 503,
  internal: 500,
};

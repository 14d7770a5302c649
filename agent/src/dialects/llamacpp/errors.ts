import type { ErrorCode, ImpetusError } from '@impetus/contracts';
import { httpStatus } from '../../errors.ts';

/** An error as llama.cpp's server words it; its code is the status. */
export interface LlamaCppError {
  readonly error: { readonly code: number; readonly message: string; readonly type: string };
}

const types: Partial<Record<ErrorCode, string>> = {
  unauthorized: 'authentication_error',
  forbidden: 'permission_error',
  origin_not_allowed: 'permission_error',
  not_found: 'not_found_error',
  model_not_found: 'not_found_error',
  context_length_exceeded: 'exceed_context_size_error',
  queue_full: 'unavailable_error',
  insufficient_memory: 'unavailable_error',
  shutting_down: 'unavailable_error',
};

export function llamaCppErrorBody({ code, message }: ImpetusError): LlamaCppError {
  const status = statusOf(code);
  const type = types[code] ?? (status < 500 ? 'invalid_request_error' : 'server_error');
  return { error: { code: status, message, type } };
}

/** An error in llama.cpp's form, with its status and the headers that go with it. */
export function llamaCppError(error: ImpetusError) {
  return {
    status: statusOf(error.code),
    body: llamaCppErrorBody(error),
    headers: {
      ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
      ...(error.code === 'unauthorized' && { 'www-authenticate': 'Bearer' }),
    },
  };
}

function statusOf(code: ErrorCode): number {
  return code === 'model_unusable' ? 400 : httpStatus[code];
}

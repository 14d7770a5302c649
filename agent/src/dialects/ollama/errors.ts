import type { ImpetusError } from '@impetus/contracts';
import { httpStatus } from '../../errors.ts';

/** An error as Ollama's clients expect it: nothing but its words. */
export interface OllamaError {
  readonly error: string;
}

export function ollamaErrorBody({ code, message }: ImpetusError): OllamaError {
  // Clients look for these words to offer a pull.
  return { error: code === 'model_not_found' ? `model not found: ${message}` : message };
}

/** An error in Ollama's form, with its status and the headers that go with it. */
export function ollamaError(error: ImpetusError) {
  return {
    status: error.code === 'model_unusable' ? 400 : httpStatus[error.code],
    body: ollamaErrorBody(error),
    headers: {
      ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
      ...(error.code === 'unauthorized' && { 'www-authenticate': 'Bearer' }),
    },
  };
}

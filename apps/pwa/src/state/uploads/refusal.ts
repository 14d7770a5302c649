import type { DetailedError } from 'tus-js-client';

const unknown = 'The connection was lost. Go on when the Mac is connected.';

/** Why an upload was refused: what the agent said, else that it was not reached. */
export function refusalOf(error: unknown): string {
  const response =
    error instanceof Error && 'originalResponse' in error ? (error as DetailedError).originalResponse : null;
  const body = response?.getBody();
  if (body === undefined || body === '') return unknown;
  return messageIn(body) ?? body.slice(0, 300);
}

/** The sentence in an error of the agent's, wherever its form has it. */
function messageIn(body: string): string | null {
  try {
    const parsed = JSON.parse(body) as { message?: unknown; error?: { message?: unknown } };
    const message = parsed.error?.message ?? parsed.message;
    return typeof message === 'string' ? message : null;
  } catch {
    return null;
  }
}

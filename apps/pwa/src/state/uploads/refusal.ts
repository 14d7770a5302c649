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

/** Whether trying again in a moment would change nothing: what the agent said no to, and a disk that is full. */
export function isLasting(error: unknown): boolean {
  const status = (error as DetailedError).originalResponse?.getStatus() ?? 0;
  const isRefusal = status >= 400 && status < 500 && status !== 409 && status !== 423;
  return isRefusal || status === 507;
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

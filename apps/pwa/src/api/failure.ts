import type { ErrorCode, WireError } from '@impetus/contracts/errors';
import { AwayError } from './away-error.ts';

/** An error as a wire carries it; over http and WebSocket with the time to wait, where there is one. */
interface RefusedError extends WireError {
  readonly retryAfterSeconds?: number | null;
}

/** An error in the three parts that people need. */
export interface Failure {
  /** A code of the agent's, or `away` where it was not reached. */
  readonly code: ErrorCode | 'away';
  /** What happened. */
  readonly what: string;
  /** Why, where that is known. */
  readonly why: string | null;
  /** What to do now, where the reason does not say it already. */
  readonly remedy: string | null;
  /** The field that was at fault, where the agent named one. */
  readonly param?: string | null;
  /** Seconds after which another try makes sense; null where nobody said. */
  readonly retryAfterSeconds?: number | null;
}

/** An error of the agent's, in words: its message holds the reason and, where there is one, the remedy. */
export function fromWire({ retryAfterSeconds, ...error }: RefusedError, what: string): Failure {
  return {
    code: error.code,
    what,
    why: error.message,
    remedy: null,
    param: error.param ?? null,
    retryAfterSeconds: retryAfterSeconds ?? null,
  };
}

/** Whatever a call of the api threw, in words. `what` says what did not happen: "X was not loaded." */
export function toFailure(thrown: unknown, what: string): Failure {
  const wire = wireErrorOf(thrown);
  if (wire !== null) return fromWire(wire, what);
  const unknown = { what, param: null, retryAfterSeconds: null };
  if (isConnectionLoss(thrown)) {
    return {
      ...unknown,
      code: 'away',
      why: 'The Mac did not answer.',
      remedy: 'Try again when it is connected.',
    };
  }
  return {
    ...unknown,
    code: 'internal',
    why: 'Something went wrong in this page.',
    remedy: 'Reload it, then try again.',
  };
}

/** Whether the call failed because there was no connection, and not because the agent refused it. */
export function isConnectionLoss(thrown: unknown): boolean {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  // What `fetch` throws where nothing answered.
  if (cause instanceof TypeError) return true;
  return cause instanceof AwayError || (cause instanceof Error && cause.name === 'TRPCWebSocketClosedError');
}

function wireErrorOf(thrown: unknown): RefusedError | null {
  if (!(thrown instanceof Error) || !('data' in thrown)) return null;
  const data = thrown.data as Partial<RefusedError> | null | undefined;
  if (typeof data?.code !== 'string' || typeof data.message !== 'string') return null;
  const { code, message, param, retryAfterSeconds } = data;
  return { code, message, ...(param && { param }), ...(retryAfterSeconds && { retryAfterSeconds }) };
}

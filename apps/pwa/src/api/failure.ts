import type { ErrorCode, WireError } from '@impetus/contracts/errors';
import { AwayError } from './away-error.ts';

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
}

/** An error of the agent's, in words: its message holds the reason and, where there is one, the remedy. */
export function fromWire(error: WireError, what: string): Failure {
  return { code: error.code, what, why: error.message, remedy: null };
}

/** Whatever a call of the api threw, in words. `what` says what did not happen: "X was not loaded." */
export function toFailure(thrown: unknown, what: string): Failure {
  const wire = wireErrorOf(thrown);
  if (wire !== null) return fromWire(wire, what);
  if (isConnectionLoss(thrown)) {
    return { code: 'away', what, why: 'The Mac did not answer.', remedy: 'Try again when it is connected.' };
  }
  return {
    code: 'internal',
    what,
    why: 'Something went wrong in this page.',
    remedy: 'Reload it, then try again.',
  };
}

/** Whether the call failed because there was no connection, and not because the agent refused it. */
export function isConnectionLoss(thrown: unknown): boolean {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return cause instanceof AwayError || (cause instanceof Error && cause.name === 'TRPCWebSocketClosedError');
}

function wireErrorOf(thrown: unknown): WireError | null {
  if (!(thrown instanceof Error) || !('data' in thrown)) return null;
  const data = thrown.data as Partial<WireError> | null | undefined;
  if (typeof data?.code !== 'string' || typeof data.message !== 'string') return null;
  return { code: data.code, message: data.message };
}

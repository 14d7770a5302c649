import { ImpetusError } from '@impetus/contracts';
import type { Requester } from '../../types.ts';
import { hasPlace, takeRequest, type RequestLimits } from './limits.ts';

/** Nobody knows when a request of the same requester ends; soon is the honest guess. */
const soonSeconds = 1;

export interface RequestLimiterOptions {
  readonly limitsOf: (requester: Requester) => RequestLimits;
  /** Milliseconds of a steady clock. */
  readonly now?: () => number;
}

/** Holds each requester to its limits. A request that is refused does not count against them. */
export class RequestLimiter {
  readonly #limitsOf: (requester: Requester) => RequestLimits;
  readonly #now: () => number;
  /** Of those who have requests under way. */
  readonly #active = new Map<string, number>();
  readonly #fullAt = new Map<string, number>();

  constructor({ limitsOf, now = () => performance.now() }: RequestLimiterOptions) {
    this.#limitsOf = limitsOf;
    this.#now = now;
  }

  /** Takes a place and answers how to give it back. Throws `rate_limited`, saying when to try again. */
  enter(requester: Requester): () => void {
    const { concurrency, requestsPerMinute } = this.#limitsOf(requester);
    const active = this.#active.get(requester.id) ?? 0;
    if (!hasPlace(active, concurrency)) throw tooManyAtOnce(requester, active);
    if (requestsPerMinute !== null) this.#count(requester, requestsPerMinute);
    this.#active.set(requester.id, active + 1);
    return () => this.#leave(requester.id);
  }

  #count(requester: Requester, perMinute: number): void {
    const taken = takeRequest(this.#fullAt.get(requester.id), perMinute, this.#now());
    if ('waitMs' in taken) throw tooManyAMinute(requester, perMinute, Math.ceil(taken.waitMs / 1_000));
    this.#fullAt.set(requester.id, taken.fullAt);
  }

  #leave(id: string): void {
    const left = (this.#active.get(id) ?? 1) - 1;
    if (left === 0) this.#active.delete(id);
    else this.#active.set(id, left);
  }
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

function tooManyAtOnce({ name }: Requester, active: number): ImpetusError {
  return new ImpetusError(
    'rate_limited',
    `“${name}” has ${counted(active, 'request')} under way already, as many as it may have at once. Try again when one of them has ended.`,
    { retryAfterSeconds: soonSeconds },
  );
}

function tooManyAMinute({ name }: Requester, perMinute: number, seconds: number): ImpetusError {
  return new ImpetusError(
    'rate_limited',
    `“${name}” may send ${counted(perMinute, 'request')} a minute and has sent them. Try again in ${counted(seconds, 'second')}.`,
    { retryAfterSeconds: seconds },
  );
}

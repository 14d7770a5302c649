import { ImpetusError } from '@impetus/contracts';
import { afterTry, waitMs, type BackOff, type Tries } from './back-off.ts';

/** More than any household has; beyond it the oldest are forgotten, so that no flood of addresses fills the memory. */
const mostRemembered = 10_000;

const minute = 60_000;

/** A stranger may guess a little, then ever more slowly. */
const perAddress: BackOff = {
  free: 10,
  firstWaitMs: 1_000,
  longestWaitMs: 15 * minute,
  forgetMs: 30 * minute,
};

/** Short at its longest: whoever can reach the agent could otherwise lock its owner out. */
const perAccount: BackOff = { free: 5, firstWaitMs: 1_000, longestWaitMs: minute, forgetMs: 30 * minute };

/** An address as it is counted: the whole of an IPv6 network is one, because its owner has all of it. */
export function addressGroup(address: string | null): string {
  if (address === null) return 'unknown';
  const plain = address.replace(/^::ffff:(?=\d+\.)/iu, '').replace(/%.*$/u, '');
  if (!plain.includes(':') || plain === '::1') return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array.from({ length: zeros }, () => '0'), ...last].slice(0, 4).join(':');
}

/** What a try is counted against. */
export interface Try {
  readonly address: string | null;
  /** The account, or the one secret, that is being guessed. */
  readonly account: string;
}

/** Counts tries at secrets. They count before they are judged, so that many at once gain nothing. */
export class Throttle {
  readonly #tries = new Map<string, Tries>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Counts one try. Throws `rate_limited`, saying when the next may come; such a try is not counted. */
  begin({ address, account }: Try): void {
    const now = this.#now();
    const places = [
      [`address ${addressGroup(address)}`, perAddress],
      [`account ${account}`, perAccount],
    ] as const;
    const wait = Math.max(...places.map(([key, backOff]) => waitMs(this.#tries.get(key), backOff, now)));
    if (wait > 0) throw tooManyTries(Math.ceil(wait / 1_000));
    for (const [key, backOff] of places) this.#remember(key, afterTry(this.#tries.get(key), backOff, now));
  }

  /** The try was right: it counts for nothing, and what was tried at the account before is forgotten. */
  succeeded({ address, account }: Try): void {
    this.#tries.delete(`account ${account}`);
    const key = `address ${addressGroup(address)}`;
    const tries = this.#tries.get(key);
    if (tries !== undefined) this.#tries.set(key, { ...tries, count: tries.count - 1 });
  }

  #remember(key: string, tries: Tries): void {
    // Back at the end of the order, which the oldest lead.
    this.#tries.delete(key);
    this.#tries.set(key, tries);
    const [oldest] = this.#tries.keys();
    if (this.#tries.size > mostRemembered && oldest !== undefined) this.#tries.delete(oldest);
  }
}

function tooManyTries(seconds: number): ImpetusError {
  const wait = seconds === 1 ? '1 second' : `${seconds} seconds`;
  return new ImpetusError('rate_limited', `Too many tries. Try again in ${wait}.`, {
    retryAfterSeconds: seconds,
  });
}

import { randomBytes } from 'node:crypto';
import type { Options } from '@node-rs/argon2';
import { ImpetusError } from '@impetus/contracts';

/** OWASP's first choice of 2024 for argon2id, which is the package's own algorithm: 19 MiB and two passes, about 30 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

/** Loaded with the first password: most starts of the agent see none. */
const argon2 = () => import('@node-rs/argon2');

/** Each takes 19 MiB and a core: more at once would only let strangers take both. */
const atOnce = 2;
const mayWait = 32;

const base64 = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '');

/** The hash of no password: checked where a name is unknown, so that the work does not tell. */
const nobodysHash = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${base64(16)}$${base64(32)}`;

let running = 0;
const waiting: (() => void)[] = [];

async function inLine<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= mayWait) {
      throw new ImpetusError('rate_limited', 'Too many sign-ins at once. Try again in a moment.', {
        retryAfterSeconds: 2,
      });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    // The place goes from hand to hand, so that nobody slips in between.
    if (next === undefined) running -= 1;
    else next();
  }
}

/** People type the same password on different keyboards: composed and decomposed letters are one. */
const normal = (password: string) => password.normalize('NFKC');

export function hashPassword(password: string): Promise<string> {
  return inLine(async () => (await argon2()).hash(normal(password), cost));
}

/** Whether a password is the one of a hash; null takes as long and is never right. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const right = await inLine(async () => (await argon2()).verify(stored ?? nobodysHash, normal(password)));
  return right && stored !== null;
}

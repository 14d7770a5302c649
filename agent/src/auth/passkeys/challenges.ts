import { randomBytes } from 'node:crypto';

export const challengeMs = 300_000;
const openAtOnce = 1000;

/** What a challenge was made for. `userId` is whose passkey is to be made; null for signing in. */
export interface ChallengePurpose {
  readonly userId: string | null;
  readonly origin: string;
}

interface Open extends ChallengePurpose {
  readonly expiresAt: number;
}

/** Challenges that wait for their answer. Each is answered once, whether well or badly. */
export class Challenges {
  readonly #now: () => number;
  readonly #open = new Map<string, Open>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** 32 random bytes in base64url. The oldest give way where somebody asks for very many. */
  issue(purpose: ChallengePurpose): string {
    const challenge = randomBytes(32).toString('base64url');
    this.#open.set(challenge, { ...purpose, expiresAt: this.#now() + challengeMs });
    for (const [oldest, { expiresAt }] of this.#open) {
      if (this.#open.size <= openAtOnce && this.#now() < expiresAt) break;
      this.#open.delete(oldest);
    }
    return challenge;
  }

  /** Whether the challenge was made for this, and was not answered before. */
  take(challenge: string, { userId, origin }: ChallengePurpose): boolean {
    const open = this.#open.get(challenge);
    this.#open.delete(challenge);
    return (
      open !== undefined && this.#now() < open.expiresAt && open.userId === userId && open.origin === origin
    );
  }
}

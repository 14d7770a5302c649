import { WakeUp } from '../../events/wake-up.ts';
import { hashCode, opens, type CodeHashes } from './codes.ts';
import { isLiving, step, type Invitation, type PairingEvent } from './machine.ts';
import { pairingError } from './refusals.ts';

/** How long an invitation that has ended is still told of. */
const rememberedMs = 600_000;

interface Posted {
  readonly codes: CodeHashes;
  invitation: Invitation;
}

/** The invitations that there are. Each changes by the machine alone, and those who wait hear of it. */
export class PairingBoard implements Disposable {
  readonly #now: () => number;
  readonly #posted = new Map<string, Posted>();
  readonly #changed = new WakeUp();
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  post(invitation: Invitation, codes: CodeHashes): void {
    this.#posted.set(invitation.id, { invitation, codes });
    this.#announce();
  }

  /** Newest first. */
  list(): readonly Invitation[] {
    this.#settle();
    return [...this.#posted.values()].map(({ invitation }) => invitation).toReversed();
  }

  find(id: string): Invitation | undefined {
    return this.list().find((invitation) => invitation.id === id);
  }

  /** The invitation that a code opens, or opened a short while ago. */
  opened(code: string): Invitation | undefined {
    this.#settle();
    const presented = hashCode(code);
    // Hashes are compared, in constant time each: how long it takes tells nothing of a code.
    return [...this.#posted.values()].find(({ codes }) => opens(codes, presented))?.invitation;
  }

  /** Throws what the machine refuses. */
  apply(id: string, event: PairingEvent): Invitation {
    const posted = this.#posted.get(id);
    if (posted === undefined) throw pairingError('ended');
    const { next, refusal } = step(posted.invitation, event, this.#now());
    if (next !== posted.invitation) {
      posted.invitation = next;
      this.#announce();
    }
    if (refusal !== null) throw pairingError(refusal);
    return next;
  }

  /** Resolves at the next change of any. */
  changed(signal: AbortSignal): Promise<void> {
    return this.#changed.wait(signal);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #announce(): void {
    this.#schedule();
    this.#changed.raise();
  }

  /** Ends what is overdue and forgets what is long over. */
  #settle(): void {
    const now = this.#now();
    let ended = false;
    for (const [id, posted] of this.#posted) {
      const { next } = step(posted.invitation, { type: 'time' }, now);
      ended ||= next !== posted.invitation;
      posted.invitation = next;
      if (!isLiving(next) && now >= next.expiresAt + rememberedMs) this.#posted.delete(id);
    }
    if (ended) this.#changed.raise();
  }

  /** Screens hear of an end when it comes, not when somebody asks. */
  #schedule(): void {
    clearTimeout(this.#timer);
    const ends = [...this.#posted.values()]
      .filter(({ invitation }) => isLiving(invitation))
      .map(({ invitation }) => invitation.expiresAt);
    if (ends.length === 0) return;
    const settle = () => {
      this.#settle();
      this.#schedule();
    };
    this.#timer = setTimeout(settle, Math.max(10, Math.min(...ends) - this.#now())).unref();
  }
}

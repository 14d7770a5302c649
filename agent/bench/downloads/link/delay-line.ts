import type { Shape } from './link.ts';

/** What waits before a link that is full; more is lost. In bytes, as much as netem's queue in `netem.ts` holds. */
const queueBytes = 2_000 * 1_500;

/** One direction of a link: packets leave it one after the other at its rate, and arrive half a round trip later. */
export class DelayLine<Packet extends { readonly length: number }> {
  readonly #bytesPerMs: number;
  readonly #delayMs: number;
  readonly #packets: { readonly packet: Packet; readonly arrives: number }[] = [];
  /** When the last one that was added has left. */
  #free = 0;

  constructor({ megabitsPerSecond, roundTripMs }: Shape) {
    this.#bytesPerMs = (megabitsPerSecond * 1e6) / 8 / 1000;
    this.#delayMs = roundTripMs / 2;
  }

  get length(): number {
    return this.#packets.length;
  }

  /** At a time in ms. A packet that finds the queue full is lost. */
  add(packet: Packet, now: number): void {
    const waits = Math.max(0, this.#free - now);
    if (waits * this.#bytesPerMs + packet.length > queueBytes) return;
    this.#free = now + waits + packet.length / this.#bytesPerMs;
    this.#packets.push({ packet, arrives: this.#free + this.#delayMs });
  }

  /** Those that have arrived by then, in their order; they are in the line no more. */
  due(now: number): readonly Packet[] {
    const waiting = this.#packets.findIndex(({ arrives }) => arrives > now);
    const arrived = this.#packets.splice(0, waiting < 0 ? this.#packets.length : waiting);
    return arrived.map(({ packet }) => packet);
  }
}

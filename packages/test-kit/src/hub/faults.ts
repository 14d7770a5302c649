/** What a server or a link can do to a download. */
export const faultKinds = {
  cut: 'the connection breaks after some bytes',
  stall: 'nothing more comes, and the connection stays open',
  'flipped-byte': 'one bit of what is sent is another one',
  'other-range': 'a 206 that says and holds another range',
  short: 'half of what was asked for, as if that were all',
  html: 'a page of html with status 200',
  'redirect-loop': 'sent on in a circle',
  expired: 'the signed address has run out',
  unauthorized: 'the Hub itself does not let anybody in any more',
  'rate-limited': '429, with the time to wait as the Hub tells it',
  unavailable: '503',
  'no-ranges': 'ranges are ignored: always the whole file, with status 200',
  changed: 'another file under the same address: other bytes, another ETag',
} as const;
export type FaultKind = keyof typeof faultKinds;

export interface Fault {
  readonly kind: FaultKind;
  /** Part of the path it strikes; absent: any. */
  readonly path?: string;
  /** How many answers it strikes; absent: until `clearFaults`. */
  readonly times?: number;
  /** Bytes of an answer's body before it strikes. */
  readonly afterBytes?: number;
  /** For `rate-limited`. */
  readonly retryAfterSeconds?: number;
  /** 0 to 1: how often it strikes, by the Hub's seed; absent: each time. */
  readonly chance?: number;
}

/** Faults in the order in which they were set; each answer meets the first that is for it. */
export class Faults {
  readonly #faults: { readonly fault: Fault; left: number }[] = [];
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? Infinity });
  }

  clear(): void {
    this.#faults.length = 0;
  }

  /** The fault of one of these kinds that strikes now. */
  strike(path: string, ...kinds: readonly FaultKind[]): Fault | null {
    for (const entry of this.#faults) {
      const { fault } = entry;
      if (entry.left <= 0 || !kinds.includes(fault.kind) || !path.includes(fault.path ?? '')) continue;
      if (fault.chance !== undefined && this.#random() >= fault.chance) continue;
      entry.left -= 1;
      return fault;
    }
    return null;
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

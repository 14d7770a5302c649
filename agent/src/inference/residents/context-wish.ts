export interface ContextWish {
  /** What a client would have, in tokens. */
  readonly asked: number;
  /** What clients asked for before, rounded up. */
  readonly before: number;
  /** The most that it may be; 0: nobody may wish. */
  readonly largest: number;
}

/** What clients want together, rounded up to a power of two: one that asks for a little more each time is met. */
export function contextWish({ asked, before, largest }: ContextWish): number {
  if (asked <= 0) return Math.min(before, largest);
  const rounded = 2 ** Math.ceil(Math.log2(asked));
  return Math.min(Math.max(rounded, before), largest);
}

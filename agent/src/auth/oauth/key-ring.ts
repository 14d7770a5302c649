/** How long an access token is good, and by how much clocks may differ. */
export const accessTokenSeconds = 900;
export const clockToleranceSeconds = 60;

/** How long one key signs. */
export const signingMs = 30 * 86_400_000;

/** A signing key as rotation sees it. Times are milliseconds. */
export interface RingKey {
  readonly createdAt: number;
  /** When it stopped signing; null for the one that signs. */
  readonly retiredAt: number | null;
}

export interface RingPlan<K extends RingKey> {
  /** Those that verify, the one that signs among them. */
  readonly kept: readonly K[];
  /** Whether a new key has to take over. */
  readonly wantsNew: boolean;
}

/** When a key is of no more use: every token that it signed has expired, on the slowest clock. */
const goneAt = (retiredAt: number) => retiredAt + (accessTokenSeconds + clockToleranceSeconds) * 1000;

/** Which keys stay. A clock that was set back leaves a key from the future, which is replaced too. */
export function planRing<K extends RingKey>(keys: readonly K[], now: number): RingPlan<K> {
  const signs = ({ retiredAt, createdAt }: K) =>
    retiredAt === null && now - createdAt < signingMs && now >= createdAt - clockToleranceSeconds * 1000;
  const kept = keys
    .map((key) => (signs(key) || key.retiredAt !== null ? key : { ...key, retiredAt: now }))
    .filter(({ retiredAt }) => retiredAt === null || now < goneAt(retiredAt));
  return { kept, wantsNew: !kept.some(({ retiredAt }) => retiredAt === null) };
}

/** What one requester may do. Null: no limit. */
export interface RequestLimits {
  /** Requests that run or wait at once. */
  readonly concurrency: number | null;
  readonly requestsPerMinute: number | null;
}

const minuteMs = 60_000;

/** Less than this is a rounding error of the arithmetic, in milliseconds. */
const tolerance = 0.001;

/**
 * Takes a request out of a bucket that holds `perMinute` of them and fills evenly. All that a bucket remembers is the
 * moment at which it will be full again. Answers its new value, or how long the next request has to wait. All in
 * milliseconds of one clock.
 */
export function takeRequest(
  fullAt: number | undefined,
  perMinute: number,
  now: number,
): { readonly fullAt: number } | { readonly waitMs: number } {
  const next = Math.max(fullAt ?? now, now) + minuteMs / perMinute;
  const waitMs = next - now - minuteMs;
  return waitMs > tolerance ? { waitMs } : { fullAt: next };
}

/** Whether one more request may run beside `active` others. */
export function hasPlace(active: number, concurrency: number | null): boolean {
  return concurrency === null || active < concurrency;
}

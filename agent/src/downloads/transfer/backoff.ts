const firstMs = 1_000;
const longestMs = 60_000;

/**
 * How long to wait after so many failures in a row. Half of it is left to chance, so that many who were cut off at
 * once do not all come back at once; what the server asked for is the least.
 */
export function backoffMs(failures: number, retryAfterSeconds = 0, random = Math.random): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));
  return Math.max(retryAfterSeconds * 1000, Math.round(full / 2 + (full / 2) * random()));
}

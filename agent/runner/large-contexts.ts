/**
 * llama.cpp writes down every token that a context could hold, even where it only works out what that takes: some 50
 * bytes for each, so that a context beyond all reason would take the memory that it is asked about.
 */
export const mostTokensMeasured = 2 ** 20;

/**
 * What a context of this size takes, by what `measure` says of sizes that are small enough to be tried. From there on
 * every further token takes the same.
 */
export async function bytesOfContext(
  { contextSize, sequences }: { readonly contextSize: number; readonly sequences: number },
  measure: (contextSize: number) => Promise<number>,
): Promise<number> {
  const largest = Math.floor(mostTokensMeasured / sequences);
  if (contextSize <= largest) return measure(contextSize);
  const half = Math.floor(largest / 2);
  const halfBytes = await measure(half);
  const bytes = await measure(largest);
  const perToken = (bytes - halfBytes) / (largest - half);
  return Math.round(bytes + perToken * (contextSize - largest));
}

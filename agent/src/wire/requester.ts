/** Prompts of coding agents come with whole files; this holds the largest context many times over. */
export const promptBodyLimit = 32 * 2 ** 20;

/** Who asks, on a route that lets nobody in unknown. */
export function requesterOf<Who>({ principal }: { readonly principal: Who | null }): Who {
  if (principal === null) throw new Error('A request passed without a principal.');
  return principal;
}

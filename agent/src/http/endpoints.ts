/** Where the inference dialects answer: with credentials that requests carry themselves, and never with cookies. */
const inference = ['/v1', '/api'];

/** Everything that is no address of the page. */
export const endpoints = [...inference, '/trpc', '/metrics', '/audit.jsonl', '/oauth', '/.well-known'];

export const isBelow = (path: string, prefix: string): boolean =>
  path === prefix || path.startsWith(`${prefix}/`);

export function isInference(path: string): boolean {
  return inference.some((prefix) => isBelow(path, prefix));
}

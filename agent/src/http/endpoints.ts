/** Where the inference dialects answer: with credentials that requests carry themselves, and never with cookies. */
const inference = ['/v1', '/api'];

/** llama.cpp's server has its own endpoints at the root; `/models` itself is a page of the app. */
const llamaCpp = [
  '/apply-template',
  '/completion',
  '/completions',
  '/detokenize',
  '/embedding',
  '/embeddings',
  '/health',
  '/infill',
  '/models/load',
  '/models/sse',
  '/models/unload',
  '/props',
  '/rerank',
  '/reranking',
  '/slots',
  '/tokenize',
];

/** Everything that is no address of the page. */
export const endpoints = [
  ...inference,
  ...llamaCpp,
  '/trpc',
  '/metrics',
  '/audit.jsonl',
  '/oauth',
  '/.well-known',
];

export const isBelow = (path: string, prefix: string): boolean =>
  path === prefix || path.startsWith(`${prefix}/`);

export function isInference(path: string): boolean {
  return inference.some((prefix) => isBelow(path, prefix)) || isLlamaCpp(path);
}

/** Whether llama.cpp's server answers at this path. */
export function isLlamaCpp(path: string): boolean {
  return llamaCpp.some((prefix) => isBelow(path, prefix));
}

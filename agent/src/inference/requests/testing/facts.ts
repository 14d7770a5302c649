import type { RequestFacts } from '../progress.ts';

/** A request that arrived at the beginning of 2026. */
export function facts(changes: Partial<RequestFacts> = {}): RequestFacts {
  return {
    id: '019b76da-a800-7000-8000-000000000000',
    startedAt: '2026-01-01T00:00:00.000Z',
    requesterId: 'laptop',
    requesterName: 'Laptop',
    modelId: 'small',
    dialect: 'openai',
    endpoint: '/v1/chat/completions',
    kind: 'generation',
    streamed: true,
    ...changes,
  };
}

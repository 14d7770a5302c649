import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** Anthropic's clients name the version that they speak in every request. */
export function isAnthropicClient(headers: IncomingHttpHeaders): boolean {
  return headers['anthropic-version'] !== undefined;
}

/** For routes that answer Anthropic's clients alone, where others ask at the same address. */
export const onlyAnthropic = { constraints: { client: 'anthropic' } } as const;

/** Lets routes say that they are for Anthropic's clients. Without a match the route for everybody answers. */
export function tellClientsApart(app: FastifyInstance): void {
  app.addConstraintStrategy({
    name: 'client',
    storage: () => {
      const handlers = new Map<unknown, never>();
      return {
        get: (client) => handlers.get(client) ?? null,
        set: (client, handler) => void handlers.set(client, handler as never),
      };
    },
    deriveConstraint: ({ headers }) => (isAnthropicClient(headers) ? 'anthropic' : undefined),
    mustMatchWhenDerived: false,
  });
}

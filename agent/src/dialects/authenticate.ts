import type { Scope } from '@impetus/contracts';
import type { FastifyInstance } from 'fastify';
import { requireScope } from '../auth/scopes.ts';
import type { Access } from '../auth/types.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a key needs for this route; `infer` where nothing is said. */
    readonly scope?: Scope;
  }
}

/** Every request to a dialect's routes needs an API key; a page's standing is never enough. */
export function requireKeys(app: FastifyInstance, access: Access): void {
  app.addHook('onRequest', async (request) => {
    request.principal = await access.withCredential(request.raw);
    requireScope(request.principal, request.routeOptions.config.scope ?? 'infer');
  });
}

import type { Scope } from '@impetus/contracts';
import type { FastifyInstance } from 'fastify';
import { requireScope } from '../auth/scopes.ts';
import type { Access, Caller, Principal } from '../auth/types.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a key needs for this route; `infer` where nothing is said. */
    readonly scope?: Scope;
  }
}

/** Every request to a dialect's routes needs an API key; a page's standing is never enough. */
export function requireKeys(app: FastifyInstance, access: Access): void {
  identifyBy(app, (caller) => access.withCredential(caller));
}

/** The same for Ollama's API, where the owner may let programs on this computer in without a key. */
export function requireKeysOfOllama(app: FastifyInstance, access: Access): void {
  identifyBy(app, (caller) => access.forOllama(caller));
}

function identifyBy(app: FastifyInstance, identify: (caller: Caller) => Promise<Principal>): void {
  app.addHook('onRequest', async (request) => {
    request.principal = await identify(request.raw);
    requireScope(request.principal, request.routeOptions.config.scope ?? 'infer');
  });
}

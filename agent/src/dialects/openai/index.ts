import type { Scope } from '@impetus/contracts';
import { chatCompletionBody, completionBody } from '@impetus/contracts/openai';
import type { FastifyInstance } from 'fastify';
import { requireScope } from '../../auth/scopes.ts';
import type { Services } from '../../services.ts';
import { chatFormat } from './chat/format.ts';
import { toChatGeneration } from './chat/request.ts';
import { completionFormat } from './completions/format.ts';
import { toCompletionGeneration } from './completions/request.ts';
import { registerModelActions } from './model-actions.ts';
import { registerModels } from './models.ts';
import { registerTextEndpoint } from './text-endpoint.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a key needs for this route; `infer` where nothing is said. */
    readonly scope?: Scope;
  }
}

/** OpenAI's API under /v1. Every request needs an API key; a page's standing is never enough. */
export function registerOpenAi(app: FastifyInstance, services: Services): void {
  app.addHook('onRequest', async (request) => {
    request.principal = await services.access.withCredential(request.raw);
    requireScope(request.principal, request.routeOptions.config.scope ?? 'infer');
  });

  registerModels(app, services);
  void app.register(async (scope) => registerModelActions(scope, services));
  registerTextEndpoint(app, services.inference, {
    path: '/v1/chat/completions',
    schema: chatCompletionBody,
    toGeneration: toChatGeneration,
    format: chatFormat,
  });
  registerTextEndpoint(app, services.inference, {
    path: '/v1/completions',
    schema: completionBody,
    toGeneration: toCompletionGeneration,
    format: completionFormat,
  });
}

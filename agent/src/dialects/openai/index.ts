import { chatCompletionBody, completionBody } from '@impetus/contracts/openai';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.ts';
import { requireKeys } from '../authenticate.ts';
import { chatFormat } from './chat/format.ts';
import { toChatGeneration } from './chat/request.ts';
import { completionFormat } from './completions/format.ts';
import { toCompletionGeneration } from './completions/request.ts';
import { registerEmbeddings } from './embeddings/index.ts';
import { registerModelActions } from './model-actions.ts';
import { registerModels } from './models.ts';
import { registerResponses } from './responses/index.ts';
import { registerTextEndpoint } from './text-endpoint.ts';

/** OpenAI's API under /v1. */
export function registerOpenAi(app: FastifyInstance, services: Services): void {
  requireKeys(app, services.access);
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
  registerResponses(app, services);
  registerEmbeddings(app, services.inference);
}

import type { Dialect } from '@impetus/contracts';
import { chatCompletionBody, completionBody, fimBody } from '@impetus/contracts/openai';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.ts';
import { requireKeys } from '../authenticate.ts';
import { chatFormat } from './chat/format.ts';
import { toChatGeneration } from './chat/request.ts';
import { completionFormat } from './completions/format.ts';
import { chooseBest } from './completions/best-of.ts';
import { toCompletionGenerations } from './completions/request.ts';
import { registerEmbeddings } from './embeddings/index.ts';
import { toFimGeneration } from './fim.ts';
import { registerModelActions } from './model-actions.ts';
import { registerModels } from './models.ts';
import { registerNotOffered } from './not-offered.ts';
import { registerResponses } from './responses/index.ts';
import { registerTextEndpoint } from './text-endpoint.ts';

/** OpenAI's API under /v1. */
export function registerOpenAi(app: FastifyInstance, services: Services): void {
  requireKeys(app, services.access);
  registerModels(app, services);
  void app.register(async (scope) => registerModelActions(scope, services));
  registerAnswers(app, services, { base: '/v1', dialect: 'openai' });
  registerTextEndpoint(app, services.inference, {
    path: '/v1/fim/completions',
    schema: fimBody,
    toGenerations: (body) => [toFimGeneration(body)],
    format: chatFormat,
  });
  registerResponses(app, services);
  void app.register(async (scope) => registerNotOffered(scope));
}

/** LM Studio answers in OpenAI's form below a base of its own, which some of its clients ask. */
export function registerLmStudioAnswers(app: FastifyInstance, services: Services): void {
  requireKeys(app, services.access);
  registerAnswers(app, services, { base: '/api/v0', dialect: 'lmstudio' });
}

function registerAnswers(
  app: FastifyInstance,
  { inference }: Services,
  { base, dialect }: { readonly base: string; readonly dialect: Dialect },
): void {
  registerTextEndpoint(app, inference, {
    path: `${base}/chat/completions`,
    dialect,
    schema: chatCompletionBody,
    toGenerations: (body) => [toChatGeneration(body)],
    format: chatFormat,
  });
  registerTextEndpoint(app, inference, {
    path: `${base}/completions`,
    dialect,
    schema: completionBody,
    toGenerations: toCompletionGenerations,
    format: completionFormat,
    choose: chooseBest,
  });
  registerEmbeddings(app, inference, { path: `${base}/embeddings`, dialect });
}

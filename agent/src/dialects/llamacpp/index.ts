import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.ts';
import { acceptJsonOfAnyType } from '../../wire/json-of-any-type.ts';
import { requireKeys } from '../authenticate.ts';
import { registerEmbedding } from './embedding.ts';
import { registerModels } from './models/index.ts';
import { registerText } from './text/index.ts';
import { registerTokens } from './tokens.ts';

/** What llama.cpp's server answers outside of OpenAI's API. */
export function registerLlamaCpp(app: FastifyInstance, services: Services): void {
  // Told to anyone, and nothing but that it answers.
  app.get('/health', () => ({ status: 'ok' }));

  void app.register(async (scope) => {
    requireKeys(scope, services.access);
    acceptJsonOfAnyType(scope);
    registerModels(scope, services);
    registerText(scope, services);
    registerTokens(scope, services);
    registerEmbedding(scope, services);
  });
}

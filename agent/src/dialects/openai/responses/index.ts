import type { FastifyInstance } from 'fastify';
import type { Services } from '../../../services.ts';
import { registerCreateResponse } from './create.ts';
import { registerInputTokens } from './input-tokens.ts';
import { registerStoredResponses } from './stored.ts';

/** OpenAI's Responses API. */
export function registerResponses(app: FastifyInstance, services: Services): void {
  registerCreateResponse(app, services);
  registerInputTokens(app, services);
  registerStoredResponses(app, services.responses);
}

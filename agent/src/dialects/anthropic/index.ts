import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.ts';
import { requireKeys } from '../authenticate.ts';
import { tellClientsApart } from './clients.ts';
import { registerCountTokens } from './count-tokens.ts';
import { registerMessages } from './messages/endpoint.ts';
import { registerModels } from './models.ts';

/** Anthropic's API under /v1; its list of models is for those alone who name the version that they speak. */
export function registerAnthropic(app: FastifyInstance, services: Services): void {
  requireKeys(app, services.access);
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('request-id', request.id);
  });
  tellClientsApart(app);
  registerModels(app, services);
  registerMessages(app, services.inference);
  registerCountTokens(app, services.inference);
}

import type { FastifyInstance } from 'fastify';
import { requireScope } from '../auth/scopes.ts';
import type { Services } from '../services.ts';

/** GET /metrics, for an API key or the command line's credential with the scope admin; a page's standing is not enough. */
export function registerMetrics(app: FastifyInstance, { access, metrics }: Services): void {
  app.addHook('onRequest', async (request) => {
    request.principal = await access.withCredential(request.raw);
    requireScope(request.principal, 'admin');
  });

  app.get('/metrics', async (_, reply) =>
    reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8').send(metrics.text()),
  );
}

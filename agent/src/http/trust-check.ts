import type { FastifyInstance } from 'fastify';

/**
 * GET /trust/check answers with nothing: a page over http asks for it to learn whether its browser trusts the
 * certificate. That it may be asked for from elsewhere tells nobody more than that an agent is here.
 */
export function registerTrustCheck(app: FastifyInstance): void {
  app.get('/trust/check', async (_, reply) =>
    reply
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', 'no-store')
      .code(204)
      .send(),
  );
}

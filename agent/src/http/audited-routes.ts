import type { FastifyInstance } from 'fastify';
import type { Audit } from '../auth/types.ts';
import { pathOf } from './errors.ts';

const reads: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Writes into the audit what the dialects change: each route that needs another scope than inference. Refusals are
 * written where they are answered.
 */
export function auditRoutes(app: FastifyInstance, audit: Audit): void {
  app.addHook('onResponse', async (request, { statusCode }) => {
    const { scope = 'infer' } = request.routeOptions.config;
    const refused = statusCode === 401 || statusCode === 403;
    if (request.principal === null || scope === 'infer' || refused || reads.has(request.method)) return;
    audit.record({
      action: `endpoint.${scope}`,
      subject: pathOf(request.url).slice(0, 200),
      detail: { method: request.method, status: statusCode },
      principal: request.principal,
      address: request.raw.socket.remoteAddress ?? null,
      outcome: statusCode < 400 ? 'done' : 'failed',
    });
  });
}

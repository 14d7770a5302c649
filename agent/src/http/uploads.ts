import { ImpetusError, uploadsPath } from '@impetus/contracts';
import type { FastifyInstance } from 'fastify';
import { requireScope } from '../auth/scopes.ts';
import type { Services } from '../services.ts';
import { securityHeaders } from './security-headers.ts';

/**
 * tus. It answers by itself, past all hooks behind this one, so who asks is decided before anything of the body is
 * read. Files are as large as they are: the limit of bodies does not hold here, and only here.
 */
export function registerUploads(app: FastifyInstance, services: Services): void {
  app.addHook('onRequest', async (request) => {
    const { principal } = await services.access.forManagement(request.raw);
    if (principal === null) throw new ImpetusError('unauthorized', 'Sign in, or send an API key.');
    requireScope(principal, 'download');
    request.principal = principal;
  });
  // The body is left to tus.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_, __, done) => done(null));
  for (const url of [uploadsPath, `${uploadsPath}/:id`]) {
    app.route({
      method: ['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
      url,
      handler: async (request, reply) => {
        const { principal, raw } = request;
        if (principal === null) throw new Error('An upload passed without a principal.');
        reply.hijack();
        for (const [name, value] of Object.entries(securityHeaders)) reply.raw.setHeader(name, value);
        const address = raw.socket.remoteAddress ?? null;
        await services.uploads.handle(raw, reply.raw, { principal, address });
      },
    });
  }
}

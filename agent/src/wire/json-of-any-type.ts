import type { FastifyInstance } from 'fastify';

/** What curl and fetch call a text that nobody gave a type. */
const untold = ['application/x-www-form-urlencoded', 'text/plain'];

/**
 * Reads bodies without a content type of their own as JSON, as servers do whose documentation shows plain `curl -d`.
 * A page elsewhere can send such a body unasked, but neither a key nor past the check of its origin.
 */
export function acceptJsonOfAnyType(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser(untold, { parseAs: 'string' }, (request, body, done) => {
    void parse(request, body as string, done);
  });
}

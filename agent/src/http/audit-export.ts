import { Readable } from 'node:stream';
import { auditFilterSchema, type AuditFilter } from '@impetus/contracts';
import type { FastifyInstance } from 'fastify';
import { requireScope } from '../auth/scopes.ts';
import { notSignedIn } from '../management/trpc.ts';
import type { Services } from '../services.ts';
import { parseBody } from '../wire/validation.ts';

/** GET /audit.jsonl: the audit as JSON Lines, oldest first, with the filters of the page in the query. */
export function registerAuditExport(app: FastifyInstance, { access, audit }: Services): void {
  app.addHook('onRequest', async (request) => {
    const { principal, refusal } = await access.forManagement(request.raw);
    if (principal === null) throw refusal ?? notSignedIn();
    request.principal = principal;
    requireScope(principal, 'admin');
  });

  app.get('/audit.jsonl', async (request, reply) => {
    const filter = parseBody(auditFilterSchema, request.query);
    audit.record({
      action: 'audit.export',
      principal: request.principal,
      address: request.raw.socket.remoteAddress ?? null,
      detail: { ...filter },
    });
    return reply
      .header('content-type', 'application/x-ndjson; charset=utf-8')
      .header('content-disposition', 'attachment; filename="impetus-audit.jsonl"')
      .header('cache-control', 'no-store')
      .send(Readable.from(lines(audit, filter)));
  });
}

async function* lines(audit: Services['audit'], filter: AuditFilter): AsyncGenerator<string> {
  for await (const entry of audit.entries(filter)) yield `${JSON.stringify(entry)}\n`;
}

import { ImpetusError } from '@impetus/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { originOf, viaOf } from '../auth/via.ts';
import { hostOf } from './admission.ts';

/** What OpenAI's and Anthropic's libraries send from a browser, beyond what needs no permission. */
const namedHeaders = [
  'authorization',
  'content-type',
  'x-api-key',
  'api-key',
  'anthropic-version',
  'anthropic-beta',
  'anthropic-dangerous-direct-browser-access',
  'openai-organization',
  'openai-project',
  'openai-beta',
  'idempotency-key',
];
const stainless = /^x-stainless-[a-z-]+$/u;
const readable = 'x-request-id, request-id, retry-after, openai-processing-ms';

/** The headers that a page asks to send and may. */
export function allowedHeaders(asked: string | undefined): string {
  const names = (asked ?? '').split(',').map((name) => name.trim().toLowerCase());
  const wanted = names.filter((name) => stainless.test(name));
  return [...namedHeaders, ...new Set(wanted)].join(', ');
}

/**
 * Decides for a page's request to an inference dialect. Pages on other origins are let in by the owner's list alone;
 * nothing here ever allows cookies, so a page can do no more than its key.
 */
export function answerForOrigin(
  request: FastifyRequest,
  reply: FastifyReply,
  corsOrigins: readonly string[],
): FastifyReply | undefined {
  const { origin } = request.headers;
  void reply.header('vary', 'origin');
  if (origin === undefined || origin === originOf(viaOf(request.raw), hostOf(request.raw))) return undefined;
  if (!corsOrigins.includes(origin)) {
    throw new ImpetusError(
      'origin_not_allowed',
      `Pages and apps on ${origin.slice(0, 100)} may not use this agent. Its owner can allow them with the setting corsOrigins.`,
    );
  }
  void reply
    .header('access-control-allow-origin', origin)
    .header('access-control-expose-headers', readable)
    .header('cross-origin-resource-policy', 'cross-origin');
  if (request.method !== 'OPTIONS') return undefined;
  return reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST, DELETE, HEAD')
    .header('access-control-allow-headers', allowedHeaders(request.headers['access-control-request-headers']))
    .header('access-control-max-age', '600')
    .send();
}

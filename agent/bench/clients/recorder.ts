import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';

/** A request as it came to the agent, and how it was answered. */
export interface SeenRequest {
  /** The name of the key that it showed. */
  readonly by: string | null;
  readonly method: string;
  readonly path: string;
  readonly http: string;
  readonly bytes: number;
  readonly tools: number;
  readonly streamed: boolean;
  /** What it says about itself, to be looked at when it is refused. */
  readonly body: unknown;
  readonly status: number;
  readonly ms: number;
}

interface AskedBody {
  readonly tools?: readonly unknown[];
  readonly stream?: boolean;
}

/** Notes every request of the agent that is started in this process from now on. */
export function recordRequests(): { readonly seen: SeenRequest[] } & Disposable {
  const seen: SeenRequest[] = [];
  const attach = (message: unknown): void => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onResponse', async (request, reply) => {
      const body = (request.body ?? {}) as AskedBody;
      seen.push({
        by: request.principal?.name ?? null,
        method: request.method,
        path: request.url,
        http: request.raw.httpVersion,
        bytes: Number(request.headers['content-length'] ?? JSON.stringify(request.body ?? '').length),
        tools: body.tools?.length ?? 0,
        streamed: body.stream === true,
        body,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      });
    });
  };
  subscribe('fastify.initialization', attach);
  return { seen, [Symbol.dispose]: () => void unsubscribe('fastify.initialization', attach) };
}

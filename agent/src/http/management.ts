import type { ImpetusError } from '@impetus/contracts';
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import type { FastifyInstance } from 'fastify';
import { originOf, viaOf } from '../auth/via.ts';
import type { Log } from '../log/types.ts';
import { fromTrpc, logFailure } from '../management/errors.ts';
import { appRouter, type AppRouter } from '../management/router.ts';
import { notSignedIn, type ManagementContext } from '../management/trpc.ts';
import type { Services } from '../services.ts';
import { hostOf } from './admission.ts';
import { pathOf } from './errors.ts';
import { isOpenPath } from './open-procedures.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Why a management request is from nobody. */
    refusal: ImpetusError | null;
  }
}

// A stream over http has its back-pressure from the response itself.
const alwaysWritable = () => Promise.resolve();

/** tRPC over http, for those whom the access rules let in, and a few procedures for anyone. */
export function registerManagement(app: FastifyInstance, services: Services, log: Log): void {
  app.decorateRequest('refusal', null);
  // Before the body is read: who may not come in sends nothing.
  app.addHook('onRequest', async (request, reply) => {
    const { principal, refusal, setCookie } = await services.access.forManagement(request.raw);
    request.principal = principal;
    request.refusal = refusal;
    if (setCookie !== null) void reply.header('set-cookie', setCookie);
    if (principal === null && !isOpenPath(pathOf(request.url))) throw refusal ?? notSignedIn();
  });
  void app.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      createContext: ({ req, res }): ManagementContext => ({
        services,
        principal: req.principal,
        refusal: req.refusal,
        via: viaOf(req.raw),
        origin: originOf(viaOf(req.raw), hostOf(req.raw)),
        address: req.raw.socket.remoteAddress ?? null,
        userAgent: req.headers['user-agent'] ?? null,
        signedIn: { principal: null },
        entry: {},
        setCookie: (header) => void res.header('set-cookie', header),
        writable: alwaysWritable,
      }),
      responseMeta({ errors }) {
        const seconds = errors.map((error) => fromTrpc(error).retryAfterSeconds ?? 0);
        const longest = Math.max(0, ...seconds);
        return longest === 0 ? {} : { headers: new Headers({ 'retry-after': String(longest) }) };
      },
      onError: ({ error, path }) => logFailure(log, error, path),
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>);
}

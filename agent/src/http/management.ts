import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../log/types.ts';
import { logFailure } from '../management/errors.ts';
import { appRouter, type AppRouter } from '../management/router.ts';
import type { ManagementContext } from '../management/trpc.ts';
import type { Services } from '../services.ts';

// A stream over http has its back-pressure from the response itself.
const alwaysWritable = () => Promise.resolve();

/** tRPC over http, for those whom the access rules let in. */
export function registerManagement(app: FastifyInstance, services: Services, log: Log): void {
  // Before the body is read: who may not come in sends nothing.
  app.addHook('onRequest', async (request) => {
    const { principal } = await services.access.forManagement(request.raw);
    request.principal = principal;
  });
  void app.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      createContext: ({ req: { principal } }): ManagementContext => {
        if (principal === null) throw new Error('A management request passed without a principal.');
        return { services, principal, writable: alwaysWritable };
      },
      onError: ({ error, path }) => logFailure(log, error, path),
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>);
}

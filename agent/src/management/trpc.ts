import type { Scope } from '@impetus/contracts';
import { initTRPC } from '@trpc/server';
import { requireScope } from '../auth/scopes.ts';
import type { Principal } from '../auth/types.ts';
import type { Services } from '../services.ts';
import { fromTrpc, toErrorShape } from './errors.ts';

/** What a procedure is called with. */
export interface ManagementContext {
  readonly services: Services;
  readonly principal: Principal;
  /**
   * Resolves when the connection takes more. tRPC sends what a subscription yields without waiting for a
   * slow socket, so subscriptions wait here, and their source decides what a slow reader misses.
   */
  readonly writable: (signal: AbortSignal | undefined) => Promise<void>;
}

const trpc = initTRPC.context<ManagementContext>().create({
  // Otherwise stacks leak to clients whenever NODE_ENV is not "production".
  isDev: false,
  isServer: true,
  errorFormatter: ({ error }) => toErrorShape(fromTrpc(error)),
});

export const router = trpc.router;

/** A procedure for anyone who was let in. */
export const procedure = trpc.procedure;

/** A procedure for those who have the scope. */
export function procedureFor(scope: Scope) {
  return trpc.procedure.use(({ ctx, next }) => {
    requireScope(ctx.principal, scope);
    return next();
  });
}

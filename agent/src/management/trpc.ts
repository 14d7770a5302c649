import { ImpetusError, type Scope } from '@impetus/contracts';
import { initTRPC } from '@trpc/server';
import { condense, subjectOf } from '../auth/audit/condense.ts';
import { isRefusal, outcomeOf } from '../auth/audit/outcome.ts';
import { requireScope } from '../auth/scopes.ts';
import type { Principal } from '../auth/types.ts';
import type { Via } from '../auth/via.ts';
import type { Services } from '../services.ts';
import { fromTrpc, toErrorShape } from './errors.ts';

/** What a procedure is called with. */
export interface ManagementContext {
  readonly services: Services;
  /** Null: nobody who was let in. Only procedures that are open to anyone may go on then. */
  readonly principal: Principal | null;
  /** Why nobody was recognised, where there is more to say than that. */
  readonly refusal: ImpetusError | null;
  readonly via: Via;
  /** The agent's own origin that was asked. */
  readonly origin: string;
  /** Where the request came from. */
  readonly address: string | null;
  readonly userAgent: string | null;
  /** Who the caller has become, where a procedure signs somebody in. */
  readonly signedIn: { principal: Principal | null };
  /** What a procedure adds to its entry in the audit: what it was about, where the input does not say so. */
  readonly entry: { subject?: string; detail?: Readonly<Record<string, unknown>> };
  /** Sends a cookie with the answer; null over a WebSocket, which has no answers of that kind. */
  readonly setCookie: ((header: string) => void) | null;
  /**
   * Resolves when the connection takes more. tRPC sends what a subscription yields without waiting for a
   * slow socket, so subscriptions wait here, and their source decides what a slow reader misses.
   */
  readonly writable: (signal: AbortSignal | undefined) => Promise<void>;
}

export interface ProcedureMeta {
  /** May be called by those who were not let in. */
  readonly open?: boolean;
  /** Every mutation is in the audit; those that change nothing that lasts, only where they were refused. */
  readonly audit?: false;
}

const trpc = initTRPC
  .context<ManagementContext>()
  .meta<ProcedureMeta>()
  .create({
    // Otherwise stacks leak to clients whenever NODE_ENV is not "production".
    isDev: false,
    isServer: true,
    errorFormatter: ({ error }) => toErrorShape(fromTrpc(error)),
  });

export const router = trpc.router;

/** Writes each mutation into the audit, however it ends: whoever adds a procedure cannot forget it. */
const audited = trpc.middleware(async ({ ctx, type, path, meta, getRawInput, next }) => {
  const result = await next();
  const error = result.ok ? null : fromTrpc(result.error);
  // What changes nothing is worth an entry where it was tried in vain.
  const isQuiet = meta?.audit === false && (error === null || !isRefusal(error));
  if (type !== 'mutation' || isQuiet) return result;
  const input = await getRawInput().catch(() => undefined);
  ctx.services.audit.record({
    action: path,
    subject: ctx.entry.subject ?? subjectOf(input),
    detail: { ...condense(input), ...ctx.entry.detail, ...(error !== null && { code: error.code }) },
    principal: ctx.principal ?? ctx.signedIn.principal,
    address: ctx.address,
    outcome: outcomeOf(error),
  });
  return result;
});

const base = trpc.procedure.use(audited);

/** A procedure for anyone who can reach the agent at all. */
export const openProcedure = base.meta({ open: true });

export const notSignedIn = () => new ImpetusError('unauthorized', 'Sign in first.');

/** A procedure for anyone who was let in. */
export const procedure = base.use(({ ctx, next }) => {
  if (ctx.principal === null) throw ctx.refusal ?? notSignedIn();
  return next({ ctx: { principal: ctx.principal } });
});

/** A procedure for those who have the scope. */
export function procedureFor(scope: Scope) {
  return procedure.use(({ ctx, next }) => {
    requireScope(ctx.principal, scope);
    return next();
  });
}

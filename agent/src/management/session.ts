import {
  changePasswordInput,
  ImpetusError,
  listSessionsInput,
  revokeSessionInput,
  scopes,
  signInInput,
  signOutEverywhereInput,
  type CurrentSession,
} from '@impetus/contracts';
import { accountOf, requireScope } from '../auth/scopes.ts';
import { noCookie } from '../auth/sessions/cookies.ts';
import type { Principal } from '../auth/types.ts';
import type { Services } from '../services.ts';
import { procedureForAccount } from './account.ts';
import { beginSession } from './sign-in.ts';
import { openProcedure, procedure, router } from './trpc.ts';

/** Who asks, as the page shows it. */
export function currentSession({ users, devices, sessions }: Services, principal: Principal): CurrentSession {
  const user = principal.userId === null ? undefined : users.find(principal.userId);
  const device = principal.deviceId === null ? undefined : devices.find(principal.deviceId);
  const session =
    principal.sessionId === null
      ? undefined
      : sessions.list({ currentId: principal.sessionId }).find(({ current }) => current);
  return {
    kind: principal.kind,
    name: principal.name,
    scopes: principal.scopes,
    wholeAccount: accountOf(principal, users, devices) !== null,
    sessionId: principal.sessionId,
    endsAt: session?.endsAt ?? null,
    user: user === undefined ? null : { id: user.id, name: user.name, owner: user.owner },
    device:
      device === undefined
        ? null
        : { id: device.id, name: device.name, kind: device.kind, expiresAt: device.expiresAt },
  };
}

/** The user whose sessions are meant; null for somebody who sees no more than their own device's. */
function userMeant(principal: Principal, userId: string | undefined, services: Services): string | null {
  const account = accountOf(principal, services.users, services.devices);
  if (userId !== undefined && userId !== account?.id) requireScope(principal, 'admin');
  return userId ?? account?.id ?? null;
}

export const sessionRouter = router({
  /** Null for a browser that is not signed in. */
  current: openProcedure.query(({ ctx }): CurrentSession | null =>
    ctx.principal === null ? null : currentSession(ctx.services, ctx.principal),
  ),

  signIn: openProcedure.input(signInInput).mutation(async ({ ctx, input }): Promise<CurrentSession> => {
    const user = await ctx.services.users.signIn({ ...input, address: ctx.address });
    const createdBy = `${user.name}, with the password`;
    const principal = await beginSession(ctx, user, { ...input, scopes: [...scopes], createdBy });
    return currentSession(ctx.services, principal);
  }),

  /** Ends the session that asks. */
  signOut: procedure.mutation(async ({ ctx }) => {
    const { sessionId } = ctx.principal;
    if (sessionId === null) throw new ImpetusError('invalid_request', 'There is no session to sign out of.');
    ctx.setCookie?.(noCookie(ctx.via));
    await ctx.services.sessions.revoke(sessionId);
  }),

  signOutEverywhere: procedure.input(signOutEverywhereInput).mutation(async ({ ctx, input }) => {
    const { principal, services } = ctx;
    const userId = userMeant(principal, input.userId, services);
    if (userId === null) {
      throw new ImpetusError(
        'forbidden',
        `“${principal.name}” may end no sessions but its own: sign out instead.`,
      );
    }
    if (!input.keepThis && userId === principal.userId) ctx.setCookie?.(noCookie(ctx.via));
    await services.sessions.revokeOfUser(userId, { exceptId: input.keepThis ? principal.sessionId : null });
  }),

  /** Those of one's account, or of one's device where it is not the whole account's. */
  list: procedure.input(listSessionsInput).query(({ ctx, input }) => {
    const { principal, services } = ctx;
    const currentId = principal.sessionId;
    const userId = userMeant(principal, input.userId, services);
    if (userId !== null) return services.sessions.list({ userId, currentId });
    return services.sessions.list({ currentId }).filter(({ deviceId }) => deviceId === principal.deviceId);
  }),

  revoke: procedure.input(revokeSessionInput).mutation(async ({ ctx, input }) => {
    const { principal, services } = ctx;
    const session = services.sessions.list({ currentId: null }).find(({ id }) => id === input.id);
    const account = accountOf(principal, services.users, services.devices);
    const own = account !== null && session?.userId === account.id;
    // A stranger's session is not told from one that does not exist.
    if (!own && session?.deviceId !== principal.deviceId) requireScope(principal, 'admin');
    await services.sessions.revoke(input.id);
  }),

  /** Every other session of the user ends. */
  changePassword: procedureForAccount.input(changePasswordInput).mutation(({ ctx, input }) =>
    ctx.services.users.changePassword({
      ...input,
      id: ctx.account.id,
      address: ctx.address,
      exceptSessionId: ctx.principal.sessionId,
    }),
  ),
});

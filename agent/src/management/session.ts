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
import { requireScope } from '../auth/scopes.ts';
import { noCookie } from '../auth/sessions/cookies.ts';
import type { Principal } from '../auth/types.ts';
import type { Services } from '../services.ts';
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
    sessionId: principal.sessionId,
    endsAt: session?.endsAt ?? null,
    user: user === undefined ? null : { id: user.id, name: user.name, owner: user.owner },
    device:
      device === undefined
        ? null
        : { id: device.id, name: device.name, kind: device.kind, expiresAt: device.expiresAt },
  };
}

/** Whose sessions are meant: another user's need the scope admin. */
function userMeant(principal: Principal, userId: string | undefined): string {
  const own = principal.userId;
  if (userId !== undefined && userId !== own) requireScope(principal, 'admin');
  const meant = userId ?? own;
  if (meant !== null) return meant;
  throw new ImpetusError('invalid_request', 'Name a user: this credential belongs to none.', {
    param: 'userId',
  });
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
    const { principal } = ctx;
    const userId = userMeant(principal, input.userId);
    if (!input.keepThis && userId === principal.userId) ctx.setCookie?.(noCookie(ctx.via));
    await ctx.services.sessions.revokeOfUser(userId, {
      exceptId: input.keepThis ? principal.sessionId : null,
    });
  }),

  list: procedure.input(listSessionsInput).query(({ ctx, input }) => {
    const { principal } = ctx;
    return ctx.services.sessions.list({
      userId: userMeant(principal, input.userId),
      currentId: principal.sessionId,
    });
  }),

  revoke: procedure.input(revokeSessionInput).mutation(async ({ ctx, input }) => {
    const { sessions } = ctx.services;
    const session = sessions.list({ currentId: null }).find(({ id }) => id === input.id);
    // A stranger's session is not told from one that does not exist.
    if (session?.userId !== ctx.principal.userId) requireScope(ctx.principal, 'admin');
    await sessions.revoke(input.id);
  }),

  /** Every other session of the user ends. */
  changePassword: procedure.input(changePasswordInput).mutation(async ({ ctx, input }) => {
    const { userId, sessionId } = ctx.principal;
    if (userId === null || sessionId === null) {
      throw new ImpetusError('forbidden', 'A password is changed by its user, signed in with it.');
    }
    await ctx.services.users.changePassword({
      ...input,
      id: userId,
      address: ctx.address,
      exceptSessionId: sessionId,
    });
  }),
});

import {
  idInput,
  registerPasskeyInput,
  renamePasskeyInput,
  scopes,
  signInWithPasskeyInput,
  type CurrentSession,
} from '@impetus/contracts';
import { availability, siteOf } from '../auth/passkeys/site.ts';
import { procedureForAccount } from './account.ts';
import { currentSession } from './session.ts';
import { beginSession } from './sign-in.ts';
import { openProcedure, router } from './trpc.ts';

export const passkeysRouter = router({
  /** Whether they work at the address that the page is open at. */
  availability: openProcedure.query(({ ctx }) => availability(siteOf(ctx.origin))),

  list: procedureForAccount.query(({ ctx }) => ctx.services.passkeys.list(ctx.principal)),

  registrationOptions: procedureForAccount
    .meta({ audit: false })
    .mutation(({ ctx }) => ctx.services.passkeys.registrationOptions(ctx.principal, siteOf(ctx.origin))),

  register: procedureForAccount
    .input(registerPasskeyInput)
    .mutation(({ ctx, input }) => ctx.services.passkeys.register(input, ctx.principal, siteOf(ctx.origin))),

  rename: procedureForAccount
    .input(renamePasskeyInput)
    .mutation(({ ctx, input }) => ctx.services.passkeys.rename(input, ctx.principal)),

  remove: procedureForAccount
    .input(idInput)
    .mutation(({ ctx, input }) => ctx.services.passkeys.remove(input.id, ctx.principal)),

  signInOptions: openProcedure
    .meta({ open: true, audit: false })
    .mutation(({ ctx }) => ctx.services.passkeys.signInOptions(siteOf(ctx.origin))),

  signIn: openProcedure
    .input(signInWithPasskeyInput)
    .mutation(async ({ ctx, input }): Promise<CurrentSession> => {
      const { response, ...device } = input;
      const user = await ctx.services.passkeys.signIn(response, siteOf(ctx.origin), ctx.address ?? '');
      const createdBy = `${user.name}, with a passkey`;
      const principal = await beginSession(ctx, user, { ...device, scopes: [...scopes], createdBy });
      return currentSession(ctx.services, principal);
    }),
});

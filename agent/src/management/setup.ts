import {
  createOwnerInput,
  finishSetupInput,
  ImpetusError,
  resetOwnerPasswordInput,
  scopes,
  type CurrentSession,
  type SetupState,
  type UserInfo,
} from '@impetus/contracts';
import type { Principal } from '../auth/types.ts';
import { currentSession } from './session.ts';
import { beginSession } from './sign-in.ts';
import { openProcedure, procedure, router } from './trpc.ts';

function requireCommandLine({ kind }: Principal): void {
  if (kind === 'cli') return;
  throw new ImpetusError('forbidden', 'This is done with the command line on the Mac: impetus owner …');
}

export const setupRouter = router({
  state: openProcedure.query(({ ctx }): SetupState => ({
    needed: ctx.services.setup.needed(),
    name: ctx.services.system.info.name,
  })),

  /** Makes the owner's account with the code that the terminal printed, and signs this browser in. */
  finish: openProcedure.input(finishSetupInput).mutation(async ({ ctx, input }): Promise<CurrentSession> => {
    const { setup } = ctx.services;
    const user = await setup.finish({ ...input, address: ctx.address });
    const principal = await beginSession(ctx, user, {
      ...input,
      scopes: [...scopes],
      createdBy: 'The set-up',
    });
    return currentSession(ctx.services, principal);
  }),

  /** For the command line alone. */
  createOwner: procedure.input(createOwnerInput).mutation(({ ctx, input }): Promise<UserInfo> => {
    requireCommandLine(ctx.principal);
    return ctx.services.users.createOwner(input);
  }),

  /** For the command line alone. Every session of the owner ends. */
  resetOwnerPassword: procedure.input(resetOwnerPasswordInput).mutation(async ({ ctx, input }) => {
    requireCommandLine(ctx.principal);
    const { users } = ctx.services;
    const owner = users.owner();
    if (owner === undefined) {
      throw new ImpetusError(
        'conflict',
        'There is no owner yet. Make the account with “impetus owner create”.',
      );
    }
    await users.setPassword(owner.id, input.password);
    return { name: owner.name };
  }),
});

import { ImpetusError } from '@impetus/contracts';
import { accountOf } from '../auth/scopes.ts';
import { procedure } from './trpc.ts';

/** For what concerns a whole account: its password, its passkeys, all of its sessions. */
export const procedureForAccount = procedure.use(({ ctx, next }) => {
  const account = accountOf(ctx.principal, ctx.services.users, ctx.services.devices);
  if (account !== null) return next({ ctx: { account } });
  throw new ImpetusError(
    'forbidden',
    `“${ctx.principal.name}” may not change the account that let it in. Sign in with the password, on a device of your own.`,
  );
});

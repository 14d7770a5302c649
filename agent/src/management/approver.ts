import { ImpetusError } from '@impetus/contracts';
import type { Principal } from '../auth/types.ts';
import { procedureFor } from './trpc.ts';

/** Whether somebody sits there: at a page where they are signed in, or at the command line of the agent's computer. */
function isPerson({ kind }: Principal): boolean {
  return kind === 'session' || kind === 'cli';
}

/** For letting others in: an administrator in person. Keys and tokens cannot make more of their kind. */
export const procedureForApprover = procedureFor('admin').use(({ ctx, next }) => {
  if (isPerson(ctx.principal)) return next();
  throw new ImpetusError(
    'forbidden',
    'Letting a device or a client in needs a person: sign in on the page, or use the command line on the Mac.',
  );
});

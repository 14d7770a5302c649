import { createUserInput, idInput, ImpetusError, updateUserInput } from '@impetus/contracts';
import { makerOf } from './maker.ts';
import { procedureFor, router } from './trpc.ts';

export const usersRouter = router({
  list: procedureFor('admin').query(({ ctx }) => ctx.services.users.list()),

  /** The answer holds the only copy of the password that the user signs in with once. */
  create: procedureFor('admin')
    .input(createUserInput)
    .mutation(({ ctx, input }) =>
      ctx.services.users.create(input, makerOf(ctx.principal, ctx.services.users)),
    ),

  update: procedureFor('admin')
    .input(updateUserInput)
    .mutation(({ ctx, input }) => ctx.services.users.update(input)),

  /** Every session of the user ends. */
  resetPassword: procedureFor('admin')
    .input(idInput)
    .mutation(({ ctx, input }) => {
      const { users } = ctx.services;
      if (users.find(input.id)?.owner === true) {
        throw new ImpetusError(
          'conflict',
          'The owner changes the password on the page, or resets it on the Mac with “impetus owner reset-password”.',
          { param: 'id' },
        );
      }
      return users.giveOneTimePassword(input.id);
    }),

  /** Devices, sessions and keys of the user end. */
  remove: procedureFor('admin')
    .input(idInput)
    .mutation(({ ctx, input }) => ctx.services.users.remove(input.id)),
});

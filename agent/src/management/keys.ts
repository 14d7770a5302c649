import { createKeyInput, idInput, ImpetusError, rotateKeyInput, updateKeyInput } from '@impetus/contracts';
import { makerOf } from './maker.ts';
import { procedureFor, router } from './trpc.ts';

export const keysRouter = router({
  /** The answer holds the only copy of the secret. */
  create: procedureFor('admin')
    .input(createKeyInput)
    .mutation(({ ctx, input }) => {
      const { keys, users, devices } = ctx.services;
      if (input.deviceId !== undefined && devices.find(input.deviceId) === undefined) {
        throw new ImpetusError('not_found', 'There is no such device.', { param: 'deviceId' });
      }
      return keys.create(input, makerOf(ctx.principal, users));
    }),

  list: procedureFor('admin').query(({ ctx }) => ctx.services.keys.list()),

  update: procedureFor('admin')
    .input(updateKeyInput)
    .mutation(({ ctx, input }) => ctx.services.keys.update(input)),

  /** The answer holds the only copy of the new secret. */
  rotate: procedureFor('admin')
    .input(rotateKeyInput)
    .mutation(({ ctx, input }) => ctx.services.keys.rotate(input)),

  revoke: procedureFor('admin')
    .input(idInput)
    .mutation(({ ctx, input }) => ctx.services.keys.revoke(input.id)),
});

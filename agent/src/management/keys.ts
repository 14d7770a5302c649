import { createKeyInput, idInput, ImpetusError, rotateKeyInput, updateKeyInput } from '@impetus/contracts';
import { makerOf } from './maker.ts';
import { procedureFor, router } from './trpc.ts';

/** Screens that list the keys hear that the list has changed, and ask again. */
const keysProcedure = procedureFor('admin').use(async ({ ctx, type, next }) => {
  const result = await next();
  if (type === 'mutation' && result.ok) ctx.services.feed.publish({ type: 'identity', changed: 'keys' });
  return result;
});

export const keysRouter = router({
  /** The answer holds the only copy of the secret. */
  create: keysProcedure.input(createKeyInput).mutation(({ ctx, input }) => {
    const { keys, users, devices } = ctx.services;
    if (input.deviceId !== undefined && devices.find(input.deviceId) === undefined) {
      throw new ImpetusError('not_found', 'There is no such device.', { param: 'deviceId' });
    }
    return keys.create(input, makerOf(ctx.principal, users));
  }),

  list: keysProcedure.query(({ ctx }) => ctx.services.keys.list()),

  update: keysProcedure.input(updateKeyInput).mutation(({ ctx, input }) => ctx.services.keys.update(input)),

  /** The answer holds the only copy of the new secret. */
  rotate: keysProcedure.input(rotateKeyInput).mutation(({ ctx, input }) => ctx.services.keys.rotate(input)),

  revoke: keysProcedure.input(idInput).mutation(({ ctx, input }) => ctx.services.keys.revoke(input.id)),
});

import { createKeyInput } from '@impetus/contracts';
import { z } from 'zod';
import { procedureFor, router } from './trpc.ts';

export const keysRouter = router({
  /** The answer holds the only copy of the secret. */
  create: procedureFor('admin')
    .input(createKeyInput)
    .mutation(({ ctx, input }) => ctx.services.keys.create(input)),

  list: procedureFor('admin').query(({ ctx }) => ctx.services.keys.list()),

  revoke: procedureFor('admin')
    .input(z.object({ id: z.string().min(1) }))
    .mutation(({ ctx, input }) => ctx.services.keys.revoke(input.id)),
});

import { z } from 'zod';
import { procedure, procedureFor, router } from './trpc.ts';

export const uploadsRouter = router({
  list: procedure.query(({ ctx }) => ctx.services.uploads.list()),

  /** Takes what arrived off the disk; of one that ended, only the entry goes. */
  drop: procedureFor('download')
    .input(z.object({ id: z.string().min(1).max(64) }))
    .mutation(({ ctx, input }) => ctx.services.uploads.drop(input.id)),
});

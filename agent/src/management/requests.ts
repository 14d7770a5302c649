import { listRequestsInput } from '@impetus/contracts';
import { z } from 'zod';
import { procedureFor, router } from './trpc.ts';

const never = new AbortController().signal;

export const requestsRouter = router({
  list: procedureFor('admin')
    .input(listRequestsInput)
    .query(({ ctx, input }) => ctx.services.requests.list(input)),

  get: procedureFor('admin')
    .input(z.object({ id: z.string().min(1) }))
    .query(({ ctx, input }) => ctx.services.requests.get(input.id)),

  /** What changes while a screen looks on; it lists again when it comes back. */
  watch: procedureFor('admin').subscription(async function* ({ ctx, signal = never }) {
    for await (const event of ctx.services.requests.watch(signal)) {
      yield event;
      await ctx.writable(signal);
    }
  }),

  forgetText: procedureFor('admin').mutation(({ ctx }) => ctx.services.requests.forgetText()),
});

import { tracked } from '@trpc/server';
import { z } from 'zod';
import { procedure, router } from './trpc.ts';

const never = new AbortController().signal;

export const stateRouter = router({
  /** Everything that screens show, from a snapshot on; a returning screen names the last event it saw. */
  watch: procedure
    .input(z.object({ lastEventId: z.string().optional() }).optional())
    .subscription(async function* ({ ctx, input, signal = never }) {
      for await (const { id, event } of ctx.services.feed.subscribe(input?.lastEventId, signal)) {
        yield tracked(id, event);
        await ctx.writable(signal);
      }
    }),
});

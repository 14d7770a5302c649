import { startChatInput } from '@impetus/contracts';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { procedureFor, router } from './trpc.ts';

const never = new AbortController().signal;
const watchInput = z.object({ id: z.string().min(1), lastEventId: z.string().optional() });

export const chatRouter = router({
  /** Starts an answer; `watch` delivers it, as often as the connection is lost. */
  start: procedureFor('infer')
    .input(startChatInput)
    .mutation(({ ctx, input }) => ({ id: ctx.services.chats.start(input, ctx.principal) })),

  watch: procedureFor('infer')
    .input(watchInput)
    .subscription(async function* ({ ctx, input, signal = never }) {
      for await (const { id, event } of ctx.services.chats.watch(input.id, input.lastEventId, signal)) {
        yield tracked(id, event);
        await ctx.writable(signal);
      }
    }),

  stop: procedureFor('infer')
    .input(z.object({ id: z.string().min(1) }))
    .mutation(({ ctx, input }) => {
      ctx.services.chats.stop(input.id);
    }),
});

import { procedure, router } from './trpc.ts';

export const systemRouter = router({
  /** The agent, its memory and its runners, now. */
  info: procedure.query(async ({ ctx }) => {
    const { agent, memory, runners, defaultModel } = await ctx.services.system.freshSnapshot();
    return { agent, memory, runners, defaultModel };
  }),
});

import { modelIdInput } from '@impetus/contracts';
import { z } from 'zod';
import { procedure, procedureFor, router } from './trpc.ts';

const loadInput = modelIdInput.extend({ wait: z.boolean().default(true) });
const unloadInput = modelIdInput.extend({ now: z.boolean().default(false) });
const defaultInput = z.object({ id: z.string().min(1).nullable() });

export const modelsRouter = router({
  list: procedure.query(({ ctx }) => ctx.services.catalogue.list()),

  get: procedure.input(modelIdInput).query(({ ctx, input }) => ctx.services.catalogue.require(input.id)),

  /** Answers when the model is ready, or at once with `wait: false`; the state feed tells the progress. */
  load: procedureFor('load')
    .input(loadInput)
    .mutation(async ({ ctx, input }) => {
      const { catalogue, inference } = ctx.services;
      catalogue.require(input.id);
      const loading = inference.load(input.id);
      if (input.wait) await loading;
      // A failure is in the runner's status, which every screen shows.
      else loading.catch(() => {});
    }),

  /** Lets running requests finish first, unless `now`. */
  unload: procedureFor('load')
    .input(unloadInput)
    .mutation(async ({ ctx, input }) => {
      ctx.services.catalogue.require(input.id);
      await ctx.services.inference.unload(input.id, { now: input.now });
    }),

  rescan: procedureFor('load').mutation(async ({ ctx }) => {
    await ctx.services.catalogue.rescan();
  }),

  /** The model that a new conversation starts with; null leaves the choice to the page. */
  setDefault: procedureFor('admin')
    .input(defaultInput)
    .mutation(async ({ ctx, input }) => {
      const { catalogue, settings } = ctx.services;
      if (input.id !== null) catalogue.require(input.id);
      await settings.setDefaultModel(input.id);
    }),
});

import { isDeepStrictEqual } from 'node:util';
import {
  modelIdInput,
  planInput,
  settingsThatReload,
  updateModelSettingsInput,
  type ModelSettings,
} from '@impetus/contracts';
import { z } from 'zod';
import { requireUsable } from '../models/usable.ts';
import { switchModel } from '../system/switch-model.ts';
import { namedIn } from './changes.ts';
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
      const loading = inference.load(requireUsable(catalogue, input.id).id);
      if (input.wait) await loading;
      // A failure is in the runner's status, which every screen shows.
      else loading.catch(() => {});
    }),

  /** Lets running requests finish first, unless `now`. */
  unload: procedureFor('load')
    .input(unloadInput)
    .mutation(async ({ ctx, input }) => {
      const { catalogue, inference } = ctx.services;
      await inference.unload(catalogue.require(input.id).id, { now: input.now });
    }),

  /** Unloads every model. */
  unloadAll: procedureFor('load')
    .input(z.object({ now: z.boolean().default(false) }))
    .mutation(({ ctx, input }) => ctx.services.inference.unloadAll(input)),

  /** Ends every request that runs or waits; models stay loaded. Answers how many there were. */
  stopGeneration: procedureFor('load').mutation(({ ctx }) => ({
    stopped: ctx.services.inference.stopGeneration(),
  })),

  /** Makes the model the one that new conversations start with, and loads it. Running requests finish. */
  switchTo: procedureFor('load')
    .input(loadInput)
    .mutation(async ({ ctx, input }) => {
      const { ready } = await switchModel(ctx.services, requireUsable(ctx.services.catalogue, input.id).id);
      if (input.wait) await ready;
    }),

  /** What loading it would take, and who would have to go. */
  plan: procedure.input(planInput).query(({ ctx, input }) => {
    const { catalogue, inference } = ctx.services;
    return inference.plan(catalogue.require(input.id).id, input.settings && namedIn(input.settings));
  }),

  settings: procedure.input(modelIdInput).query(({ ctx, input }) => {
    const { id } = ctx.services.catalogue.require(input.id);
    return ctx.services.modelSettings.get(id);
  }),

  /** `reloadNeeded`: the model is loaded and has to be loaded again to follow what changed. */
  updateSettings: procedureFor('admin')
    .input(updateModelSettingsInput)
    .mutation(async ({ ctx, input }) => {
      const { catalogue, inference, modelSettings } = ctx.services;
      const { id } = catalogue.require(input.id);
      const before = modelSettings.get(id);
      const settings = await modelSettings.update(id, namedIn(input.settings));
      const loaded = inference.runners().some(({ modelId, state }) => modelId === id && state !== 'failed');
      return { settings, reloadNeeded: loaded && needsReload(before, settings) };
    }),

  rescan: procedureFor('load').mutation(async ({ ctx }) => {
    await ctx.services.catalogue.rescan();
  }),

  /** The model that a new conversation starts with; null leaves the choice to the page. */
  setDefault: procedureFor('admin')
    .input(defaultInput)
    .mutation(async ({ ctx, input }) => {
      const { catalogue, settings } = ctx.services;
      await settings.setDefaultModel(input.id === null ? null : catalogue.require(input.id).id);
    }),
});

function needsReload(before: ModelSettings, after: ModelSettings): boolean {
  return settingsThatReload.some((name) => !isDeepStrictEqual(before[name], after[name]));
}

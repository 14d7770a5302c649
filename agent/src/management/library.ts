import {
  markModelsInput,
  modelIdInput,
  modelQuerySchema,
  reclaimInput,
  removalPlanInput,
  removeModelsInput,
  restoreInput,
} from '@impetus/contracts';
import { queryModels } from '../models/query.ts';
import { removeModels } from '../system/remove-models.ts';
import { namedIn } from './changes.ts';
import { procedure, procedureFor, router } from './trpc.ts';

export const libraryRouter = router({
  /** One page of the models that a query means. */
  page: procedure.input(modelQuerySchema).query(({ ctx, input }) => {
    const { catalogue, inference } = ctx.services;
    const loaded = new Set(
      inference.runners().flatMap(({ modelId, state }) => (state === 'failed' ? [] : [modelId])),
    );
    return queryModels(catalogue.list(), input, {
      isLoaded: (id) => loaded.has(id),
      limitBytes: inference.budget().limitBytes,
    });
  }),

  detail: procedure.input(modelIdInput).query(({ ctx, input }) => ctx.services.library.detail(input.id)),

  folders: procedure.query(({ ctx }) => ctx.services.library.folders()),

  /** Names, tags, favourites and notes. */
  mark: procedureFor('admin')
    .input(markModelsInput)
    .mutation(({ ctx, input }) => ctx.services.catalogue.mark(input.ids, namedIn(input.marks))),

  reclaim: procedure
    .input(reclaimInput)
    .query(({ ctx, input }) => ctx.services.library.reclaim(input?.unusedDays ?? 90)),

  removalPlan: procedureFor('remove')
    .input(removalPlanInput)
    .query(({ ctx, input }) => ctx.services.library.planRemoval(input.ids)),

  /** Carries a plan out; into the bin where it reaches. */
  remove: procedureFor('remove')
    .input(removeModelsInput)
    .mutation(({ ctx, input }) => removeModels(ctx.services, input)),

  restore: procedureFor('remove')
    .input(restoreInput)
    .mutation(({ ctx, input }) => ctx.services.library.restore(input.undo)),
});

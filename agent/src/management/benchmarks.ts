import { benchmarkIdInput, modelIdInput, startBenchmarkInput } from '@impetus/contracts';
import { requireUsable } from '../models/usable.ts';
import { procedure, procedureFor, router } from './trpc.ts';

export const benchmarksRouter = router({
  /** Newest first. */
  list: procedure
    .input(modelIdInput)
    .query(({ ctx, input }) => ctx.services.benchmarks.list(ctx.services.catalogue.require(input.id).id)),

  /** Waits its turn; the state feed tells how it goes on. */
  start: procedureFor('load')
    .input(startBenchmarkInput)
    .mutation(({ ctx, input }) => {
      const model = requireUsable(ctx.services.catalogue, input.id);
      return ctx.services.benchmarks.start(model, input);
    }),

  stop: procedureFor('load')
    .input(benchmarkIdInput)
    .mutation(({ ctx, input }) => {
      ctx.services.benchmarks.stop(input.benchmarkId);
    }),

  remove: procedureFor('admin')
    .input(benchmarkIdInput)
    .mutation(({ ctx, input }) => ctx.services.benchmarks.remove(input.benchmarkId)),
});

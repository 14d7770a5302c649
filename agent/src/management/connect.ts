import { conformanceInput } from '@impetus/contracts';
import { runChecks } from '../conformance/run-checks.ts';
import { requireUsable } from '../models/usable.ts';
import { procedureFor, router } from './trpc.ts';

const never = new AbortController().signal;

export const connectRouter = router({
  /** Asks the agent’s own endpoint with the key of a tool, and tells line by line whether that would work. */
  check: procedureFor('infer')
    .input(conformanceInput)
    .subscription(async function* ({ ctx, input, signal = never }) {
      const { catalogue, system } = ctx.services;
      const modelId = requireUsable(catalogue, input.modelId).id;
      yield* runChecks({ url: system.info.http, key: input.key, modelId, signal });
    }),
});

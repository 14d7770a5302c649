import { hubFitInput, hubSearchInput, hubTokenInput, repoInput } from '@impetus/contracts';
import { procedure, procedureFor, router } from './trpc.ts';

export const hubRouter = router({
  search: procedure.input(hubSearchInput).query(({ ctx, input }) => ctx.services.hub.search(input)),

  /** One repo with its files by quant. */
  repo: procedure.input(repoInput).query(({ ctx, input }) => ctx.services.hub.repo(input)),

  card: procedure.input(repoInput).query(({ ctx, input }) => ctx.services.hub.card(input)),

  /** What one quant would take in memory here. */
  fit: procedure.input(hubFitInput).query(({ ctx, input }) => ctx.services.hub.fit(input)),

  /** Models to begin with that fit this machine; empty where the Hub does not answer. */
  recommend: procedure.query(({ ctx }) => ctx.services.hub.recommend()),

  /** Whether there is a token; what it is, nobody is told. */
  account: procedureFor('download').query(({ ctx }) => ctx.services.hub.account()),

  whoami: procedureFor('download').query(({ ctx }) => ctx.services.hub.whoami()),

  /** Keeps the token if the Hub knows it. */
  setToken: procedureFor('admin')
    .input(hubTokenInput)
    .mutation(({ ctx, input }) => ctx.services.hub.setToken(input.token)),

  clearToken: procedureFor('admin').mutation(({ ctx }) => ctx.services.hub.clearToken()),
});

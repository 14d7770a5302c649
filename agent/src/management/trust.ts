import { renewInput, useAcmeInput, useFilesInput } from '@impetus/contracts';
import { procedure, procedureFor, router } from './trpc.ts';

export const trustRouter = router({
  status: procedure.query(({ ctx }) => ctx.services.trust.status()),

  /** The certificate that devices install, as PEM; null where it is not of our own authority. */
  authority: procedure.query(({ ctx }) => ctx.services.trust.authority()),

  /** Dials every address again. */
  check: procedureFor('admin').mutation(({ ctx }) => ctx.services.trust.check()),

  openBootstrap: procedureFor('admin').mutation(({ ctx }) => ctx.services.trust.openBootstrap()),

  closeBootstrap: procedureFor('admin').mutation(({ ctx }) => ctx.services.trust.closeBootstrap()),

  renew: procedureFor('admin')
    .input(renewInput)
    .mutation(({ ctx, input }) => ctx.services.trust.renew(input)),

  rename: procedureFor('admin').mutation(({ ctx }) => ctx.services.trust.rename()),

  useOwn: procedureFor('admin').mutation(({ ctx }) => ctx.services.trust.useOwn()),

  useFiles: procedureFor('admin')
    .input(useFilesInput)
    .mutation(({ ctx, input }) => ctx.services.trust.useFiles(input)),

  useAcme: procedureFor('admin')
    .input(useAcmeInput)
    .mutation(({ ctx, input }) => ctx.services.trust.useAcme(input)),

  continueAcme: procedureFor('admin').mutation(({ ctx }) => ctx.services.trust.continueAcme()),
});

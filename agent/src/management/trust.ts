import { ImpetusError, renewInput, useAcmeInput, useFilesInput } from '@impetus/contracts';
import { procedure, procedureFor, router } from './trpc.ts';

/**
 * Files are read and a command is run with the rights of whoever runs the agent: only somebody who has these rights
 * already, at this computer's command line, may name them.
 */
const onThisComputer = procedureFor('admin').use(({ ctx, next }) => {
  if (ctx.principal.kind === 'cli') return next();
  throw new ImpetusError(
    'forbidden',
    'Files and commands are chosen on the Mac itself, with “impetus trust use-files” or “impetus trust acme”.',
  );
});

export const trustRouter = router({
  status: procedure.query(({ ctx }) => ctx.services.trust.status()),

  /** The certificate that devices install, as PEM; null where it is not of our own authority. */
  authority: procedure.query(({ ctx }) => ctx.services.trust.authority()),

  /** The same, for somebody who is going to install it. */
  handOut: procedureFor('admin').mutation(({ ctx }) => ctx.services.trust.handOut()),

  /** Dials every address again. */
  check: procedureFor('admin').mutation(({ ctx }) => ctx.services.trust.check()),

  openBootstrap: procedureFor('admin').mutation(({ ctx }) => ctx.services.trust.openBootstrap()),

  closeBootstrap: procedureFor('admin').mutation(({ ctx }) => ctx.services.trust.closeBootstrap()),

  renew: procedureFor('admin')
    .input(renewInput)
    .mutation(({ ctx, input }) => ctx.services.trust.renew(input)),

  rename: procedureFor('admin').mutation(({ ctx }) => ctx.services.trust.rename()),

  useOwn: procedureFor('admin').mutation(({ ctx }) => ctx.services.trust.useOwn()),

  useFiles: onThisComputer
    .input(useFilesInput)
    .mutation(({ ctx, input }) => ctx.services.trust.useFiles(input)),

  useAcme: onThisComputer.input(useAcmeInput).mutation(({ ctx, input }) => ctx.services.trust.useAcme(input)),

  continueAcme: procedureFor('admin').mutation(({ ctx }) => ctx.services.trust.continueAcme()),
});

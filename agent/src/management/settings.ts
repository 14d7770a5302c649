import { updateAgentSettingsInput } from '@impetus/contracts';
import { namedIn } from './changes.ts';
import { procedure, procedureFor, router } from './trpc.ts';

export const settingsRouter = router({
  get: procedure.query(({ ctx }) => ctx.services.settings.agent()),

  update: procedureFor('admin')
    .input(updateAgentSettingsInput)
    .mutation(({ ctx, input }) => ctx.services.settings.updateAgent(namedIn(input))),
});

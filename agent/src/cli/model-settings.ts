import { defaultModelSettings, modelSettingsSchema } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import { readAssignments } from './setting-values.ts';
import { changedLines } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** Changes what the assignments name, prints what it is now, and says whether the model has to be loaded again. */
export async function setModel(
  terminal: Terminal,
  id: string,
  assignments: readonly string[],
  { home, json }: Common,
): Promise<void> {
  const { names, settings, reloadNeeded } = await askAgent(terminal, home, async (agent) => {
    const current = await agent.models.settings.query({ id });
    const changes = readAssignments(assignments, {
      schema: modelSettingsSchema,
      current,
      defaults: defaultModelSettings,
    });
    const answer = await agent.models.updateSettings.mutate({ id, settings: changes });
    return { ...answer, names: Object.keys(changes) };
  });
  if (json) {
    terminal.out(JSON.stringify({ id, settings, reloadNeeded }));
    return;
  }
  terminal.out(changedLines(settings, names));
  if (reloadNeeded) terminal.out(`${id} is loaded and follows this once it was unloaded and loaded again.`);
}

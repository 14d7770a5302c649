import { agentSettingsSchema, defaultAgentSettings, type AgentSettings } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import { formatTable } from './format.ts';
import { formatSetting } from './setting-text.ts';
import { readAssignments } from './setting-values.ts';
import type { Terminal } from './terminal.ts';

export async function listSettings(terminal: Terminal, { home, json }: Common): Promise<void> {
  const settings = await askAgent(terminal, home, (agent) => agent.settings.get.query());
  terminal.out(json ? JSON.stringify(settings) : settingsTable(settings));
}

/** Changes what the assignments name, and prints what it is now. */
export async function setSettings(
  terminal: Terminal,
  assignments: readonly string[],
  { home, json }: Common,
): Promise<void> {
  const changes = readAssignments(assignments, {
    schema: agentSettingsSchema,
    current: defaultAgentSettings,
    defaults: defaultAgentSettings,
  });
  const settings = await askAgent(terminal, home, (agent) => agent.settings.update.mutate(changes));
  terminal.out(json ? JSON.stringify(settings) : changedLines(settings, Object.keys(changes)));
}

/** Settings as rows, in the order of their schema. */
export function settingsTable(settings: object): string {
  const rows = Object.entries(settings).map(([name, value]) => [name, formatSetting(name, value)]);
  return formatTable([['SETTING', 'VALUE'], ...rows]);
}

/** A line for each setting that was changed. */
export function changedLines(settings: AgentSettings | object, names: readonly string[]): string {
  const values = new Map(Object.entries(settings));
  return names.map((name) => `${name}: ${formatSetting(name, values.get(name))}`).join('\n');
}

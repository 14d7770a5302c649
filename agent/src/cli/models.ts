import { ImpetusError, type ModelEntry } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import { formatBytes, formatTable } from './format.ts';
import type { Terminal } from './terminal.ts';

export async function listModels(terminal: Terminal, { home, json }: Common): Promise<void> {
  const [models, { runners, defaultModel }] = await askAgent(terminal, home, (agent) =>
    Promise.all([agent.models.list.query(), agent.system.info.query()]),
  );
  const listed = models.map((model) => ({
    ...model,
    state: runners.find(({ modelId }) => modelId === model.id)?.state ?? 'stopped',
    default: model.id === defaultModel,
  }));
  if (json) {
    terminal.out(JSON.stringify(listed));
    return;
  }
  const rows = listed.map((model) => [
    model.id,
    model.kind,
    formatBytes(model.sizeBytes),
    model.quant ?? '',
    namesOf(model, model.default),
    model.problem ?? model.state,
  ]);
  terminal.out(formatTable([['MODEL', 'KIND', 'SIZE', 'QUANT', 'ALIASES', 'STATE'], ...rows]));
}

/** The names besides its id that a model answers to. */
export function namesOf({ aliases }: ModelEntry, isDefault: boolean): string {
  return [...(isDefault ? ['default'] : []), ...aliases].join(', ');
}

/** Returns when the model answers requests. */
export async function loadModel(terminal: Terminal, id: string, { home, json }: Common): Promise<void> {
  await askAgent(terminal, home, (agent) => agent.models.load.mutate({ id }));
  terminal.out(json ? JSON.stringify({ id, state: 'ready' }) : `${id} is loaded.`);
}

/** Returns when the model answers requests. */
export async function switchModel(terminal: Terminal, id: string, { home, json }: Common): Promise<void> {
  await askAgent(terminal, home, (agent) => agent.models.switchTo.mutate({ id }));
  terminal.out(
    json ? JSON.stringify({ id, state: 'ready', default: true }) : `${id} is the default model, and loaded.`,
  );
}

export interface UnloadOptions extends Common {
  readonly all?: boolean;
  readonly now?: boolean;
}

/** Returns when the memory is free again. */
export async function unloadModels(
  terminal: Terminal,
  id: string | undefined,
  { home, json, all = false, now = false }: UnloadOptions,
): Promise<void> {
  if (all && id !== undefined) throw refuse('Name one model or say --all, not both.');
  if (all) {
    await askAgent(terminal, home, (agent) => agent.models.unloadAll.mutate({ now }));
    terminal.out(json ? JSON.stringify({ all, state: 'stopped' }) : 'All models are unloaded.');
    return;
  }
  if (id === undefined) throw refuse('Name the model to unload, or say --all.');
  await askAgent(terminal, home, (agent) => agent.models.unload.mutate({ id, now }));
  terminal.out(json ? JSON.stringify({ id, state: 'stopped' }) : `${id} is unloaded.`);
}

function refuse(sentence: string): ImpetusError {
  return new ImpetusError('invalid_request', sentence);
}

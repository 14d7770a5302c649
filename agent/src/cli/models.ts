import { askAgent } from './agent-client.ts';
import { formatBytes, formatTable } from './format.ts';
import type { Terminal } from './terminal.ts';

export async function listModels(terminal: Terminal, home: string | undefined, json: boolean): Promise<void> {
  const [models, { runners }] = await askAgent(terminal, home, (agent) =>
    Promise.all([agent.models.list.query(), agent.system.info.query()]),
  );
  const stateOf = (id: string) => runners.find(({ modelId }) => modelId === id)?.state ?? 'stopped';
  if (json) {
    terminal.out(JSON.stringify(models.map((model) => ({ ...model, state: stateOf(model.id) }))));
    return;
  }
  const rows = models.map(({ id, kind, sizeBytes, quant, problem }) => [
    id,
    kind,
    formatBytes(sizeBytes),
    quant ?? '',
    problem ?? stateOf(id),
  ]);
  terminal.out(formatTable([['MODEL', 'KIND', 'SIZE', 'QUANT', 'STATE'], ...rows]));
}

export interface ModelOptions {
  readonly home?: string;
  readonly json?: boolean;
  readonly now?: boolean;
}

/** Returns when the model answers requests. */
export async function loadModel(terminal: Terminal, id: string, { home, json }: ModelOptions): Promise<void> {
  await askAgent(terminal, home, (agent) => agent.models.load.mutate({ id }));
  terminal.out(json ? JSON.stringify({ id, state: 'ready' }) : `${id} is loaded.`);
}

/** Returns when the memory is free again. */
export async function unloadModel(
  terminal: Terminal,
  id: string,
  { home, json, now = false }: ModelOptions,
): Promise<void> {
  await askAgent(terminal, home, (agent) => agent.models.unload.mutate({ id, now }));
  terminal.out(json ? JSON.stringify({ id, state: 'stopped' }) : `${id} is unloaded.`);
}

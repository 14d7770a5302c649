import type { RunnerStatus } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import { formatBytes } from './format.ts';
import type { Terminal } from './terminal.ts';

/** Prints how the agent is. */
export async function status(terminal: Terminal, home: string | undefined, json: boolean): Promise<void> {
  const info = await askAgent(terminal, home, (agent) => agent.system.info.query());
  if (json) {
    terminal.out(JSON.stringify(info));
    return;
  }
  const { agent, memory, runners } = info;
  terminal.out(
    [
      `Impetus ${agent.version} runs on ${agent.name}: ${agent.http}`,
      `Process ${agent.pid}, since ${agent.startedAt}, ${formatBytes(memory.agentResidentBytes)} of memory`,
      `Memory available: ${formatBytes(memory.availableBytes)} of ${formatBytes(memory.totalBytes)}`,
      ...(runners.length === 0 ? ['No model is loaded.'] : runners.map(describe)),
    ].join('\n'),
  );
}

function describe({ modelId, state, residentBytes, active, queued }: RunnerStatus): string {
  const memory = residentBytes === null ? '' : `, ${formatBytes(residentBytes)}`;
  return `${modelId}: ${state}${memory}, ${active} running, ${queued} waiting`;
}

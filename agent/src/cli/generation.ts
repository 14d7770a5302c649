import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import type { Terminal } from './terminal.ts';

/** Ends every request that runs or waits. */
export async function stopGeneration(terminal: Terminal, { home, json }: Common): Promise<void> {
  const { stopped } = await askAgent(terminal, home, (agent) => agent.models.stopGeneration.mutate());
  terminal.out(json ? JSON.stringify({ stopped }) : describe(stopped));
}

function describe(stopped: number): string {
  if (stopped === 0) return 'No request was running or waiting.';
  return stopped === 1 ? 'One request was ended.' : `${stopped} requests were ended.`;
}

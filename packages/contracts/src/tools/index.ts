import { agentTools } from './agents.ts';
import { editorTools } from './editors.ts';
import { programTools } from './programs.ts';
import type { Tool } from './types.ts';

export * from './types.ts';

/** Every program whose connection is described here, in the order in which they are offered. */
export const tools: readonly Tool[] = [...editorTools, ...agentTools, ...programTools];

export function findTool(id: string): Tool | undefined {
  return tools.find((tool) => tool.id === id);
}

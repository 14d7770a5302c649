import type { AgentSettings } from '@impetus/contracts';

/** What the owner chose in the running agent, kept in the database. */
export interface Settings {
  defaultModel(): string | null;
  setDefaultModel(modelId: string | null): Promise<void>;
  /** Complete: what was never chosen has its default. */
  agent(): AgentSettings;
  /** Changes only what is named; whoever follows a setting hears of it on the bus. */
  updateAgent(changes: Partial<AgentSettings>): Promise<AgentSettings>;
}

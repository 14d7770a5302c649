import type { AgentInfo, Snapshot } from '@impetus/contracts';

/** The computer and the agent on it. */
export interface System {
  readonly info: AgentInfo;
  /** Everything that screens show, with the memory as it was when last sampled. */
  snapshot(): Snapshot;
  /** The same with the memory sampled now. */
  freshSnapshot(): Promise<Snapshot>;
}

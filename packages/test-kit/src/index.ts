export {
  runCli,
  startAgentProcess,
  type AgentProcess,
  type AgentProcessOptions,
  type CliOptions,
} from './agent-process.ts';
export { owner, signInAsOwner, type SignedInBrowser } from './owner.ts';
export type { CliResult } from './run-command.ts';
export { lendSample, samplePath } from './sample-cache.ts';
export { needsSharedModels, sharedModels } from './shared-models.ts';
export { spawnImpetus } from './spawn-impetus.ts';
export { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';
export { waitFor } from './wait-for.ts';

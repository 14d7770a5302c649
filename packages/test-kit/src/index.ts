export {
  runCli,
  startAgentProcess,
  type AgentProcess,
  type AgentProcessOptions,
  type CliOptions,
  type CliResult,
} from './agent-process.ts';
export { owner, signInAsOwner, type SignedInBrowser } from './owner.ts';
export { needsSharedModels, sharedModels } from './shared-models.ts';
export { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';
export { waitFor } from './wait-for.ts';

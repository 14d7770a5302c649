export {
  runCli,
  startAgentProcess,
  type AgentProcess,
  type AgentProcessOptions,
  type CliResult,
} from './agent-process.ts';
export { needsSharedModels, sharedModels } from './shared-models.ts';
export { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';
export { waitFor } from './wait-for.ts';

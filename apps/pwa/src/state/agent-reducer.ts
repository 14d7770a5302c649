import type { Download, DownloadProgress } from '@impetus/contracts/downloads';
import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';
import type { AgentInfo, MemorySample, StateEvent } from '@impetus/contracts/state';
import type { TrustStatus } from '@impetus/contracts/trust';

/** All that the page knows of the agent. Null and empty until the first snapshot. */
export interface AgentState {
  readonly agent: AgentInfo | null;
  readonly models: readonly ModelEntry[];
  readonly runners: readonly RunnerStatus[];
  readonly memory: MemorySample | null;
  readonly defaultModel: string | null;
  readonly downloads: readonly Download[];
  readonly trust: TrustStatus | null;
}

export const unknownAgent: AgentState = {
  agent: null,
  models: [],
  runners: [],
  memory: null,
  defaultModel: null,
  downloads: [],
  trust: null,
};

/** The state after an event. What an event does not touch keeps its identity. */
export function reduceAgent(state: AgentState, event: StateEvent): AgentState {
  switch (event.type) {
    case 'snapshot':
      return {
        agent: event.agent,
        models: event.models,
        runners: event.runners,
        memory: event.memory,
        defaultModel: event.defaultModel,
        downloads: event.downloads,
        trust: event.trust,
      };
    case 'models':
      return { ...state, models: event.models };
    case 'runner':
      return { ...state, runners: withRunner(state.runners, event.runner) };
    case 'runner-gone':
      return { ...state, runners: state.runners.filter(({ modelId }) => modelId !== event.modelId) };
    case 'memory':
      return { ...state, memory: event.memory };
    case 'downloads':
      return { ...state, downloads: event.downloads };
    case 'download-progress':
      return { ...state, downloads: withProgress(state.downloads, event.progress) };
    case 'default-model':
      return { ...state, defaultModel: event.modelId };
    case 'trust':
      return { ...state, trust: event.trust };
  }
}

/** In the order in which they first came, so that nothing jumps while one of them changes. */
function withRunner(runners: readonly RunnerStatus[], runner: RunnerStatus): readonly RunnerStatus[] {
  const index = runners.findIndex(({ modelId }) => modelId === runner.modelId);
  return index === -1 ? [...runners, runner] : runners.with(index, runner);
}

/** Those that moved get their new amounts; the others keep their identity. */
function withProgress(
  downloads: readonly Download[],
  progress: readonly DownloadProgress[],
): readonly Download[] {
  return downloads.map((download) => {
    const moved = progress.find(({ id }) => id === download.id);
    if (moved === undefined) return download;
    const { fileDoneBytes, ...amounts } = moved;
    const files = download.files.map((file, index) => ({
      ...file,
      doneBytes: fileDoneBytes[index] ?? file.doneBytes,
    }));
    return { ...download, ...amounts, files };
  });
}

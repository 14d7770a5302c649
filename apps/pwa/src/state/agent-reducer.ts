import type { Download, DownloadProgress } from '@impetus/contracts/downloads';
import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';
import type { ModelBenchmark } from '@impetus/contracts/library';
import type { AgentInfo, MemorySample, StateEvent } from '@impetus/contracts/state';
import type { TrustStatus } from '@impetus/contracts/trust';
import type { Upload } from '@impetus/contracts/uploads';

/** All that the page knows of the agent. Null and empty until the first snapshot. */
export interface AgentState {
  readonly agent: AgentInfo | null;
  readonly models: readonly ModelEntry[];
  readonly runners: readonly RunnerStatus[];
  readonly memory: MemorySample | null;
  readonly defaultModel: string | null;
  readonly downloads: readonly Download[];
  readonly trust: TrustStatus | null;
  readonly uploads: readonly Upload[];
  /** Those that this page heard of since it began; newest last. */
  readonly benchmarks: readonly ModelBenchmark[];
}

export const unknownAgent: AgentState = {
  agent: null,
  models: [],
  runners: [],
  memory: null,
  defaultModel: null,
  downloads: [],
  trust: null,
  uploads: [],
  benchmarks: [],
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
        uploads: event.uploads,
        benchmarks: state.benchmarks,
      };
    case 'models':
      return { ...state, models: withModels(state.models, event) };
    case 'upload':
      return { ...state, uploads: put(state.uploads, event.upload, ({ id }) => id) };
    case 'upload-gone':
      return { ...state, uploads: state.uploads.filter(({ id }) => id !== event.id) };
    case 'benchmark':
      return { ...state, benchmarks: put(state.benchmarks, event.benchmark, ({ id }) => id) };
    case 'runner':
      return { ...state, runners: put(state.runners, event.runner, ({ modelId }) => modelId) };
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
    case 'identity':
      return state;
  }
}

/** In the order in which they first came, so that nothing jumps while one of them changes. */
function put<T>(items: readonly T[], item: T, keyOf: (item: T) => string): readonly T[] {
  const index = items.findIndex((other) => keyOf(other) === keyOf(item));
  return index === -1 ? [...items, item] : items.with(index, item);
}

function withModels(
  models: readonly ModelEntry[],
  { changed, removed }: Extract<StateEvent, { type: 'models' }>,
): readonly ModelEntry[] {
  const byId = new Map(models.map((model) => [model.id, model]));
  for (const model of changed) byId.set(model.id, model);
  for (const id of removed) byId.delete(id);
  return [...byId.values()];
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

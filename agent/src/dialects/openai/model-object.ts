import type { ModelEntry, RunnerState, RunnerStatus } from '@impetus/contracts';

/** OpenAI's fields of a model by one of its names, and `meta` and `status` as llama.cpp's server gives them. */
export function toModel(name: string, entry: ModelEntry, runners: readonly RunnerStatus[]) {
  const runner = runners.find(({ modelId }) => modelId === entry.id);
  return {
    id: name,
    object: 'model',
    created: Math.floor(Date.parse(entry.modifiedAt) / 1_000),
    owned_by: 'impetus',
    meta: {
      n_ctx: runner?.state === 'ready' ? runner.contextSize : null,
      n_ctx_train: entry.contextLength,
      n_params: entry.parameters,
      size: entry.sizeBytes,
      ...(name !== entry.id && { alias_of: entry.id }),
    },
    status: {
      value: statusOf(runner?.state ?? 'stopped'),
      ...(runner?.state === 'failed' && { failed: true, message: runner.error?.message ?? null }),
    },
  };
}

function statusOf(state: RunnerState): 'loaded' | 'loading' | 'unloaded' {
  if (state === 'ready') return 'loaded';
  return state === 'starting' || state === 'waiting' ? 'loading' : 'unloaded';
}

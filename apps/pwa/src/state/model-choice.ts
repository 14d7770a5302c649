import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';

/** Whether a model can be talked to. */
export function canChat({ kind, problem }: ModelEntry): boolean {
  return problem === null && (kind === 'chat' || kind === 'completion');
}

/**
 * The model that answers: the one that was chosen, else the default, else one that is in memory already, else
 * the sample, else any. Null where none can be talked to.
 */
export function chooseModel(input: {
  readonly models: readonly ModelEntry[];
  readonly runners: readonly RunnerStatus[];
  readonly defaultModel: string | null;
  readonly wanted: string | null;
}): string | null {
  const usable = input.models.filter(canChat);
  const has = (id: string | null): boolean => usable.some((model) => model.id === id);
  if (has(input.wanted)) return input.wanted;
  if (has(input.defaultModel)) return input.defaultModel;
  const ready = input.runners.find(({ modelId, state }) => state === 'ready' && has(modelId));
  if (ready !== undefined) return ready.modelId;
  const sample = usable.find(({ source }) => source === 'sample');
  return (sample ?? usable[0])?.id ?? null;
}

import type { RunnerStatus, StateEvent } from '@impetus/contracts';

/** One event of `/models/sse`. */
export interface ModelEvent {
  readonly model: string;
  readonly event: 'status_change' | 'models_reload' | 'model_remove';
  readonly data: object;
}

/** What watchers of models have to hear of an event that screens hear. */
export function toModelEvents(event: StateEvent): readonly ModelEvent[] {
  switch (event.type) {
    case 'snapshot':
      return event.runners.map(toStatus);
    case 'runner':
      return [toStatus(event.runner)];
    case 'runner-gone':
      return [{ model: event.modelId, event: 'status_change', data: { status: 'unloaded' } }];
    case 'models':
      return [
        ...event.removed.map((model) => ({ model, event: 'model_remove', data: {} }) as const),
        ...(event.changed.length > 0 ? [{ model: '*', event: 'models_reload', data: {} } as const] : []),
      ];
    default:
      return [];
  }
}

function toStatus({ modelId: model, state, progress, error }: RunnerStatus): ModelEvent {
  return { model, event: 'status_change', data: statusData(state, progress, error?.message) };
}

function statusData(state: RunnerStatus['state'], progress: number | null, message?: string): object {
  switch (state) {
    case 'ready':
      return { status: 'loaded' };
    case 'waiting':
      return { status: 'loading' };
    case 'starting':
      return {
        status: 'loading',
        progress: { stages: ['text_model'], current: 'text_model', value: progress ?? 0 },
      };
    case 'failed':
      return { status: 'unloaded', exit_code: 1, message };
    default:
      return { status: 'unloaded' };
  }
}

/** Runners tell of every token; watchers of models hear only what is new to them. */
export async function* modelEvents(
  feed: AsyncIterable<{ readonly event: StateEvent }>,
): AsyncGenerator<ModelEvent, void> {
  const told = new Map<string, string>();
  for await (const { event } of feed) {
    for (const next of toModelEvents(event)) {
      const text = JSON.stringify(next.data);
      const isNew = next.event !== 'status_change' || told.get(next.model) !== text;
      told.set(next.model, text);
      if (isNew) yield next;
    }
  }
}

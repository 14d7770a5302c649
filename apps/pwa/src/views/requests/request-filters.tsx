import { createEffect, createMemo, createResource, createSignal, untrack, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { Segmented } from '../../components/segmented/segmented.tsx';
import { Select, type SelectOption } from '../../components/select/select.tsx';
import { agentState, modelName } from '../../state/agent-state.ts';
import type { RequestFeed, RequestFilter } from '../../state/request-feed.ts';

type Outcome = NonNullable<RequestFilter['outcome']> | 'all';

const outcomes: readonly { readonly value: Outcome; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'running', label: 'Running' },
  { value: 'done', label: 'Done' },
  { value: 'failed', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
];

const everyModel: SelectOption = { value: '', label: 'Every model' };
const everyone: SelectOption = { value: '', label: 'Everyone' };

export interface RequestFiltersProps {
  readonly filter: RequestFilter;
  readonly feed: RequestFeed;
  readonly onChange: (filter: RequestFilter) => void;
}

/** Which requests are listed. */
export function RequestFilters(props: RequestFiltersProps): JSX.Element {
  const models = useChoices(everyModel, () => [
    ...agentState.models.map(({ id, name }) => ({ value: id, label: name })),
    ...seen(props.feed).map(({ modelId }) => ({ value: modelId, label: modelName(modelId) })),
  ]);
  const keys = useKeys();
  const requesters = useChoices(everyone, () => [
    ...seen(props.feed).map(({ requesterId, requesterName }) => ({
      value: requesterId,
      label: requesterName,
    })),
    ...keys(),
  ]);
  const change = (changes: Partial<RequestFilter>): void => props.onChange({ ...props.filter, ...changes });
  return (
    <div class="request-filters" role="search" aria-label="Which requests">
      <Segmented
        label="How it ended"
        options={outcomes}
        value={props.filter.outcome ?? 'all'}
        onChange={(outcome) => change({ outcome: outcome === 'all' ? null : outcome })}
      />
      <div class="request-filters-selects">
        <Select
          label="Model"
          options={models()}
          value={props.filter.modelId ?? ''}
          placeholder={everyModel.label}
          onChange={(id) => change({ modelId: id || null })}
        />
        <Select
          label="Who asked"
          options={requesters()}
          value={props.filter.requesterId ?? ''}
          placeholder={everyone.label}
          onChange={(id) => change({ requesterId: id || null })}
        />
      </div>
    </div>
  );
}

function seen({ running, ended }: RequestFeed): readonly RequestFeed['ended'][number][] {
  return [...running, ...ended];
}

/** The holders of API keys, those who have not asked for anything yet included. */
function useKeys(): () => readonly SelectOption[] {
  const [keys] = createResource(() => api.keys.list.query().catch(() => []), { initialValue: [] });
  return () => keys.latest.map(({ id, name }) => ({ value: id, label: name }));
}

/** What was once offered stays on offer, in its place, while the list that it came from changes. */
function useChoices(first: SelectOption, offered: () => readonly SelectOption[]): () => SelectOption[] {
  const [choices, setChoices] = createSignal<SelectOption[]>([first]);
  const fresh = createMemo(() => {
    const known = new Set(untrack(choices).map(({ value }) => value));
    return [...new Map(offered().map((option) => [option.value, option])).values()].filter(
      ({ value }) => !known.has(value),
    );
  });
  createEffect(() => {
    const added = fresh();
    if (added.length > 0) setChoices((present) => [...present, ...added]);
  });
  return choices;
}

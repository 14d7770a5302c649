import type { AuditFacets } from '@impetus/contracts/audit';
import { createEffect, createMemo, createSignal, on, onCleanup, type JSX } from 'solid-js';
import { SearchField } from '../../components/search-field/search-field.tsx';
import { Segmented } from '../../components/segmented/segmented.tsx';
import { Select, type SelectOption } from '../../components/select/select.tsx';
import type { AuditChoice, AuditSpan } from '../../state/audit-filter.ts';
import { areaName, auditArea } from '../../state/audit-words.ts';

const outcomes = [
  { value: 'all', label: 'All' },
  { value: 'done', label: 'Done' },
  { value: 'refused', label: 'Refused' },
  { value: 'failed', label: 'Failed' },
] as const;

const spans: readonly (SelectOption & { readonly value: AuditSpan })[] = [
  { value: 'all', label: 'Any time' },
  { value: 'hour', label: 'Last hour' },
  { value: 'day', label: 'Last day' },
  { value: 'week', label: 'Last week' },
  { value: 'month', label: 'Last 30 days' },
];

const typedMs = 250;

export interface AuditFiltersProps {
  readonly choice: AuditChoice;
  readonly facets: AuditFacets;
  readonly onChange: (choice: AuditChoice) => void;
}

/** Which entries are listed, and exported. */
export function AuditFilters(props: AuditFiltersProps): JSX.Element {
  const change = (changes: Partial<AuditChoice>): void => props.onChange({ ...props.choice, ...changes });
  const areas = useOptions('Everything', () =>
    [...new Set(props.facets.actions.map(auditArea))].map((area) => ({ value: area, label: areaName(area) })),
  );
  const people = useOptions('Everyone', () =>
    props.facets.who.map(({ id, name }) => ({ value: id, label: name })),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const [typed, setTyped] = createSignal(props.choice.text);
  createEffect(on(() => props.choice.text, setTyped, { defer: true }));
  const type = (text: string): void => {
    setTyped(text);
    clearTimeout(timer);
    timer = setTimeout(() => change({ text }), typedMs);
  };
  return (
    <div class="audit-filters" role="search" aria-label="Which entries">
      <div class="audit-filters-line">
        <Segmented
          label="Outcome"
          options={outcomes}
          value={props.choice.outcome}
          onChange={(outcome) => change({ outcome })}
        />
        <SearchField
          label="Name, address or subject"
          placeholder="Name, address, subject"
          value={typed()}
          onInput={type}
        />
      </div>
      <div class="audit-filters-selects">
        <Select
          label="Action"
          options={areas()}
          value={props.choice.area}
          placeholder="Everything"
          onChange={(area) => change({ area })}
        />
        <Select
          label="Who"
          options={people()}
          value={props.choice.whoId}
          placeholder="Everyone"
          onChange={(whoId) => change({ whoId })}
        />
        <Select
          label="Time"
          options={spans}
          value={props.choice.span}
          placeholder="Any time"
          onChange={(span) => change({ span: span as AuditSpan })}
        />
      </div>
    </div>
  );
}

/** The same array as long as nothing in it changes, so that an open list is not drawn anew. */
function useOptions(all: string, offered: () => readonly SelectOption[]): () => readonly SelectOption[] {
  return createMemo<readonly SelectOption[]>(() => [{ value: '', label: all }, ...offered()], [], {
    equals: (a, b) => a.length === b.length && a.every(({ value }, i) => value === b[i]?.value),
  });
}

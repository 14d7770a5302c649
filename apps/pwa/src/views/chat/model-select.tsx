import { createMemo, type JSX } from 'solid-js';
import { Select, type SelectOption } from '../../components/select/select.tsx';
import { formatBytes } from '../../lib/format.ts';
import { agentState, findModel, findRunner } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { canChat } from '../../state/model-choice.ts';
import { viewRunner } from '../../state/runner-view.ts';

export interface ModelSelectProps {
  readonly value: string | null;
  readonly onChange: (model: string) => void;
}

/** Which model answers. */
export function ModelSelect(props: ModelSelectProps): JSX.Element {
  const options = createMemo<readonly SelectOption[]>(
    () => agentState.models.filter(canChat).map(({ id, name }) => ({ value: id, label: name })),
    [],
    { equals: sameOptions },
  );
  return (
    <Select
      label="Model"
      options={options()}
      detailOf={factsOf}
      value={props.value}
      placeholder="No model"
      onChange={props.onChange}
    />
  );
}

function sameOptions(a: readonly SelectOption[], b: readonly SelectOption[]): boolean {
  return (
    a.length === b.length && a.every(({ value, label }, i) => value === b[i]?.value && label === b[i].label)
  );
}

function factsOf(id: string): string {
  const model = findModel(id);
  if (model === undefined) return '';
  const state = viewRunner(findRunner(id), isConnected()).words;
  const sample = model.source === 'sample' ? 'sample' : null;
  return [state, formatBytes(model.sizeBytes), model.quant, sample].filter(Boolean).join(' · ');
}

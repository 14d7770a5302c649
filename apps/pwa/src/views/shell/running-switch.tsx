import { createMemo, Show, type JSX } from 'solid-js';
import { Select, type SelectOption } from '../../components/select/select.tsx';
import { formatBytes } from '../../lib/format.ts';
import { reasonAgainst } from '../../state/actions.ts';
import { agentState, findModel } from '../../state/agent-state.ts';
import { wantModel } from '../../state/load-wish.ts';
import { canChat } from '../../state/model-choice.ts';
import { showToast } from '../../state/toasts.ts';

/** Another model in place of the default one, from any page. */
export function RunningSwitch(): JSX.Element {
  const options = createMemo<readonly SelectOption[]>(
    () =>
      agentState.models
        .filter((model) => canChat(model) && model.id !== agentState.defaultModel && !isHeld(model.id))
        .map(({ id, name }) => ({ value: id, label: name })),
    [],
    { equals: (a, b) => a.length === b.length && a.every(({ value }, i) => value === b[i]?.value) },
  );
  const choose = (id: string): void => {
    const reason = reasonAgainst('load');
    if (reason === null) void wantModel(id, true);
    else showToast(reason);
  };
  return (
    <Show when={options().length > 0}>
      <div class="running-switch">
        <Select
          label="Switch to another model"
          options={options()}
          detailOf={(id) => formatBytes(findModel(id)?.sizeBytes ?? null)}
          value={null}
          placeholder="Switch to another model"
          onChange={choose}
        />
      </div>
    </Show>
  );
}

function isHeld(id: string): boolean {
  return agentState.runners.some(({ modelId, state }) => modelId === id && state !== 'failed');
}

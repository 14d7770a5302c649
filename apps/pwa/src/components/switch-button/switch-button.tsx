import type { ModelEntry } from '@impetus/contracts/models';
import ArrowRightLeft from 'lucide-solid/icons/arrow-right-left';
import { Show, type JSX } from 'solid-js';
import { reasonAgainst } from '../../state/actions.ts';
import { agentState } from '../../state/agent-state.ts';
import { lookedAt, wantModel } from '../../state/load-wish.ts';
import { canChat } from '../../state/model-choice.ts';
import { IconButton } from '../icon-button/icon-button.tsx';

/** Makes a model the default and loads it; nothing for the one that is the default already. */
export function SwitchButton(props: { readonly model: ModelEntry }): JSX.Element {
  const reason = (): string | null =>
    lookedAt().includes(props.model.id) ? 'It is being found out whether it fits.' : reasonAgainst('load');
  return (
    <Show when={canChat(props.model) && agentState.defaultModel !== props.model.id}>
      <IconButton
        label={`Switch to ${props.model.name}`}
        disabledReason={reason()}
        onPress={() => void wantModel(props.model.id, true)}
      >
        <ArrowRightLeft />
      </IconButton>
    </Show>
  );
}

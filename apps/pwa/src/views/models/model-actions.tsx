import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';
import { useNavigate } from '@solidjs/router';
import MessageSquare from 'lucide-solid/icons/message-square';
import { Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { LoadButton } from '../../components/load-button/load-button.tsx';
import { awayReason, setDefaultModel, unloadModel } from '../../state/actions.ts';
import { agentState } from '../../state/agent-state.ts';
import { chooseNewModel } from '../../state/drafts.ts';
import { canChat } from '../../state/model-choice.ts';

export interface ModelActionsProps {
  readonly model: ModelEntry;
  readonly runner: RunnerStatus | undefined;
}

/** What can be done with a model; loading it is the primary action. */
export function ModelActions(props: ModelActionsProps): JSX.Element {
  const navigate = useNavigate();
  const isDefault = (): boolean => agentState.defaultModel === props.model.id;
  const chat = (): void => {
    chooseNewModel(props.model.id);
    navigate('/');
  };
  const busy = (): boolean => props.runner?.state === 'stopping' && props.runner.active > 0;
  return (
    <div class="model-detail-actions">
      <LoadButton modelId={props.model.id} name={props.model.name} runner={props.runner} primary />
      <Show when={busy()}>
        <Button
          kind="danger"
          disabledReason={awayReason()}
          onPress={() => void unloadModel(props.model.id, true)}
        >
          Unload now
        </Button>
      </Show>
      <Show when={canChat(props.model)}>
        <Button icon={<MessageSquare />} onPress={chat}>
          Chat
        </Button>
        <Button
          disabledReason={awayReason()}
          onPress={() => void setDefaultModel(isDefault() ? null : props.model.id)}
        >
          {isDefault() ? 'No longer default' : 'Make default'}
        </Button>
      </Show>
    </div>
  );
}

import type { LoadPlan } from '@impetus/contracts/memory';
import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';
import { useNavigate } from '@solidjs/router';
import ArrowRightLeft from 'lucide-solid/icons/arrow-right-left';
import MessageSquare from 'lucide-solid/icons/message-square';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import { Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { LoadButton, type LoadAction } from '../../components/load-button/load-button.tsx';
import { formatTokens } from '../../lib/format.ts';
import { reasonAgainst, setDefaultModel, unloadModel } from '../../state/actions.ts';
import { agentState, modelName } from '../../state/agent-state.ts';
import { chooseNewModel } from '../../state/drafts.ts';
import { viewPlan } from '../../state/load-plan.ts';
import { carryOut, lookedAt, wantModel } from '../../state/load-wish.ts';
import { canChat } from '../../state/model-choice.ts';

export interface ModelActionsProps {
  readonly model: ModelEntry;
  readonly runner: RunnerStatus | undefined;
  /** What loading would do, once that is known. */
  readonly plan: LoadPlan | null;
  /** The context size that the plan was asked for; null: the one of its settings. */
  readonly contextSize: number | null;
  /** Opens the settings; absent where they stand on the page. */
  readonly onSettings?: () => void;
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
      <LoadButton
        modelId={props.model.id}
        name={props.model.name}
        runner={props.runner}
        primary
        {...(props.plan !== null && { load: loadAction(props.plan, props.contextSize) })}
      />
      <Show when={busy()}>
        <Button
          kind="danger"
          disabledReason={reasonAgainst('load')}
          onPress={() => void unloadModel(props.model.id, true)}
        >
          Unload now
        </Button>
      </Show>
      <Show when={canChat(props.model)}>
        <Show
          when={!isDefault()}
          fallback={
            <Button disabledReason={reasonAgainst('admin')} onPress={() => void setDefaultModel(null)}>
              No longer default
            </Button>
          }
        >
          <SwitchTo model={props.model} />
        </Show>
        <Button icon={<MessageSquare />} onPress={chat}>
          Chat
        </Button>
      </Show>
      <Show when={props.onSettings}>
        {(open) => (
          <Button icon={<SlidersHorizontal />} onPress={open()}>
            Settings
          </Button>
        )}
      </Show>
    </div>
  );
}

function SwitchTo(props: { readonly model: ModelEntry }): JSX.Element {
  const looking = (): string | null =>
    lookedAt().includes(props.model.id) ? 'It is being found out whether it fits.' : null;
  return (
    <Button
      icon={<ArrowRightLeft />}
      label={`Switch to ${props.model.name}`}
      disabledReason={looking() ?? reasonAgainst('load')}
      onPress={() => void wantModel(props.model.id, true)}
    >
      Switch
    </Button>
  );
}

/** Loading as its plan has it: the button says what goes, and then it goes; a context that was chosen is kept. */
function loadAction(plan: LoadPlan, chosen: number | null): LoadAction {
  const { verb, headline, contextSize } = viewPlan(plan, modelName);
  const size = contextSize ?? chosen;
  return {
    verb: verb === 'Load' && size !== null ? `Load with ${formatTokens(size)}` : (verb ?? 'Load'),
    act: () => void carryOut(plan.modelId, false, size),
    reason: verb === null && plan.verdict !== 'loaded' ? headline : null,
  };
}

import type { ModelEntry } from '@impetus/contracts/models';
import { useLocation } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import { useTabStop } from '../../components/tab-stop/tab-stop.ts';
import {
  isSelectingModels,
  listedModels,
  selectedModels,
  selectModels,
  startSelecting,
} from '../../state/library/library-state.ts';
import { extended, toggled } from '../../state/library/selection.ts';
import { modelIdOf, modelPath } from './model-path.ts';

export interface ModelLinkProps {
  readonly model: ModelEntry;
  readonly class: string;
  readonly children: JSX.Element;
}

/** The way to a model's page, and where the keyboard stands in the list. While several are chosen, a tap chooses. */
export function ModelLink(props: ModelLinkProps): JSX.Element {
  const location = useLocation();
  const stops = useTabStop();
  const current = (): boolean => modelIdOf(location.pathname) === props.model.id;
  const press = (event: MouseEvent): void => {
    const { id } = props.model;
    const adds = event.ctrlKey || event.metaKey;
    if (!isSelectingModels() && !adds && !event.shiftKey) return;
    event.preventDefault();
    startSelecting();
    selectModels((before) => (event.shiftKey ? extended(before, listedModels(), id) : toggled(before, id)));
  };
  return (
    <a
      class={props.class}
      href={modelPath(props.model.id)}
      tabindex={stops() === false ? -1 : 0}
      aria-current={current() ? 'page' : undefined}
      onClick={press}
    >
      {props.children}
    </a>
  );
}

/** Whether a model is chosen; there only while several are. */
export function ModelCheck(props: { readonly model: ModelEntry }): JSX.Element {
  const stops = useTabStop();
  return (
    <Show when={isSelectingModels()}>
      <label class="model-check">
        <input
          type="checkbox"
          aria-label={`Select ${props.model.name}`}
          tabindex={stops() === false ? -1 : undefined}
          checked={selectedModels().ids.has(props.model.id)}
          onClick={(event) => {
            const { shiftKey } = event;
            selectModels((before) =>
              shiftKey ? extended(before, listedModels(), props.model.id) : toggled(before, props.model.id),
            );
          }}
        />
      </label>
    </Show>
  );
}

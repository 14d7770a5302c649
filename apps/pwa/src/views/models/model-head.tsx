import type { ModelEntry } from '@impetus/contracts/models';
import { Show, type JSX } from 'solid-js';
import { AsOf } from '../../components/as-of/as-of.tsx';
import { Badge } from '../../components/badge/badge.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { agentState, findRunner } from '../../state/agent-state.ts';
import { isConnected, shownAsOf } from '../../state/connection.ts';
import { kindName } from '../../state/model-list.ts';
import { viewRunner } from '../../state/runner-view.ts';

/** What a model is called, and how it is with it now. */
export function ModelHead(props: { readonly model: ModelEntry }): JSX.Element {
  const view = () => viewRunner(findRunner(props.model.id), isConnected());
  return (
    <header class="model-detail-head">
      <h1>{props.model.name}</h1>
      <p class="model-detail-badges">
        <Badge>{kindName(props.model.kind)}</Badge>
        <Show when={props.model.source === 'sample'}>
          <Badge>Sample</Badge>
        </Show>
        <Show when={agentState.defaultModel === props.model.id}>
          <Badge>Default</Badge>
        </Show>
        <Show when={props.model.problem === null}>
          <StateLabel kind={view().kind}>{view().words}</StateLabel>
        </Show>
        <AsOf at={shownAsOf()} />
      </p>
    </header>
  );
}

import type { Tool } from '@impetus/contracts/tools/types';
import { createMemo, Show, type JSX } from 'solid-js';
import { LoadButton } from '../../components/load-button/load-button.tsx';
import { Select, type SelectOption } from '../../components/select/select.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { formatTokens } from '../../lib/format.ts';
import { isConnected } from '../../state/connection.ts';
import { addressProblem } from '../../state/connect/addresses.ts';
import { contextProblem } from '../../state/connect/tool-model.ts';
import { viewRunner } from '../../state/runner-view.ts';
import { ModelSelect } from '../chat/model-select.tsx';
import { modelPath } from '../models/model-path.ts';
import type { TargetChoice } from './use-target.ts';

/** Which model the tool uses, and under which address it asks. */
export function ToolChoices(props: { readonly tool: Tool; readonly choice: TargetChoice }): JSX.Element {
  const options = createMemo<readonly SelectOption[]>(
    () => props.choice.addresses().map(({ origin }) => ({ value: origin, label: origin })),
    [],
    // The addresses are dialled again and again: an open list stays as it is while they are the same.
    { equals: (a, b) => a.length === b.length && a.every(({ value }, i) => value === b[i]?.value) },
  );
  const aboutOf = (origin: string): string =>
    props.choice.addresses().find((address) => address.origin === origin)?.about ?? '';
  const problem = () => {
    const model = props.choice.model();
    return model === null ? null : contextProblem(props.tool, model);
  };
  const wrongAddress = () => {
    const address = props.choice.address();
    return address === null ? null : addressProblem(props.tool, address);
  };
  return (
    <div class="connect-choices">
      <div class="connect-choice">
        <ModelSelect value={props.choice.model()?.id ?? null} onChange={props.choice.chooseModel} />
        <Show when={props.choice.entry()}>
          {(entry) => (
            <LoadButton
              modelId={entry().id}
              name={entry().name}
              runner={props.choice.runner()}
              size="small"
            />
          )}
        </Show>
        <p class="connect-choice-about">
          <RunnerWords choice={props.choice} />
        </p>
      </div>
      <Show when={problem()}>
        {(words) => (
          <p class="connect-warning">
            {words()} <a href={modelPath(props.choice.model()?.id ?? '')}>Its settings</a>
          </p>
        )}
      </Show>
      <div class="connect-choice connect-choice-alone">
        <Select
          label="Address"
          options={options()}
          detailOf={aboutOf}
          value={props.choice.address()?.origin ?? null}
          placeholder="No address"
          onChange={props.choice.chooseAddress}
        />
        <p class="connect-choice-about">{props.choice.address()?.about}</p>
      </div>
      <Show when={wrongAddress()}>{(words) => <p class="connect-warning">{words()}</p>}</Show>
    </div>
  );
}

/** How the model is held, and how much it takes at once. */
function RunnerWords(props: { readonly choice: TargetChoice }): JSX.Element {
  const view = () => viewRunner(props.choice.runner(), isConnected());
  return (
    <>
      <StateLabel kind={view().kind}>{view().words}</StateLabel>
      <span>
        {formatTokens(props.choice.model()?.contextSize ?? null)}
        {props.choice.runner()?.contextSize ? ' of context' : ' of context at most'}
      </span>
    </>
  );
}

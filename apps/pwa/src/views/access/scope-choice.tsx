import { scopes as allScopes, type Scope } from '@impetus/contracts/scope-list';
import { createSignal, Show, type JSX } from 'solid-js';
import { CheckList, RadioList } from '../../components/option-list/option-list.tsx';
import { presetOf, presetScopes, presetWords, scopeWords, type Preset } from '../../state/scope-words.ts';

export interface ScopeChoiceProps {
  readonly scopes: readonly Scope[];
  readonly onChange: (scopes: readonly Scope[]) => void;
}

const presets = (['everything', 'models', 'chat', 'own'] as const).map((value) => ({
  value,
  ...presetWords[value],
}));
const each = allScopes.map((value) => ({
  value,
  label: scopeWords[value].label,
  hint: scopeWords[value].hint,
}));

/** What a device, a key or a person may do: a usual set, or each scope by itself. */
export function ScopeChoice(props: ScopeChoiceProps): JSX.Element {
  const [isOwn, setOwn] = createSignal(presetOf(props.scopes) === 'own');
  const preset = (): Preset => (isOwn() ? 'own' : presetOf(props.scopes));
  const choose = (value: Preset): void => {
    setOwn(value === 'own');
    if (value !== 'own') props.onChange(presetScopes[value]);
  };
  return (
    <>
      <RadioList label="What it may do" options={presets} value={preset()} onChange={choose} />
      <Show when={preset() === 'own'}>
        <CheckList label="Allowed" options={each} values={props.scopes} onChange={props.onChange} />
      </Show>
    </>
  );
}

import { defaultAgentSettings, type AgentSettings } from '@impetus/contracts/agent-settings';
import { createEffect, createSignal, on, type JSX } from 'solid-js';
import { NumberField } from '../../components/number-field/number-field.tsx';
import { reasonAgainst } from '../../state/actions.ts';
import { fromText, isWhole, toText, unitOf, type NumberSetting } from '../../state/agent-settings-fields.ts';
import { SettingNote } from './setting-note.tsx';
import type { AgentSettingsState } from './use-agent-settings.ts';

export interface NumberSettingFieldProps {
  readonly state: AgentSettingsState;
  readonly settings: AgentSettings;
  readonly name: NumberSetting;
  readonly label: string;
  /** One line that says what it is for. */
  readonly hint: JSX.Element;
  /** What an empty field means, where it may be empty. */
  readonly empty?: string;
}

/** A setting that is a number; it is saved when the field is left or Enter is pressed. */
export function NumberSettingField(props: NumberSettingFieldProps): JSX.Element {
  const stored = (): number | null => props.settings[props.name];
  const [text, setText] = createSignal(toText(props.name, stored()));
  const [error, setError] = createSignal<string | null>(null);
  /** What stood here when somebody began to write; undefined while nobody does. */
  let began: number | null | undefined;

  const show = (): void => {
    began = undefined;
    setText(toText(props.name, stored()));
    setError(null);
  };
  const enter = (entered: string): void => {
    if (began === undefined) began = stored();
    setText(entered);
    setError(null);
  };
  createEffect(on(stored, () => began === undefined && show(), { defer: true }));

  const commit = (): void => {
    if (began === undefined) return;
    const parsed = fromText(props.name, text());
    setError(parsed.ok ? null : parsed.error);
    if (!parsed.ok) return;
    const shown = began;
    show();
    if (parsed.value === shown) return;
    setText(toText(props.name, parsed.value));
    save(parsed.value, shown);
  };
  const save = (value: number | null, shown = stored()): void => {
    const saved = props.state.save(props.name, value, shown);
    // Who went on writing meanwhile keeps what they wrote.
    void saved.then(() => began === undefined && show());
  };
  const wordsFor = (value: unknown): string =>
    value === null
      ? (props.empty ?? '').toLowerCase()
      : `${toText(props.name, value as number)} ${unitOf(props.name)}`;

  return (
    <NumberField
      label={props.label}
      hint={props.hint}
      value={text()}
      unit={unitOf(props.name)}
      placeholder={props.empty ?? ''}
      whole={isWhole(props.name)}
      error={error()}
      disabledReason={reasonAgainst('admin')}
      onInput={enter}
      onCommit={commit}
      onRevert={show}
      note={
        <SettingNote
          label={props.label}
          outcome={props.state.outcomeOf(props.name)}
          value={stored()}
          standard={defaultAgentSettings[props.name]}
          wordsFor={wordsFor}
          onSave={(value) => save(value as number | null)}
        />
      }
    />
  );
}

import type { JSX } from 'solid-js';
import { NumberField } from '../../../components/number-field/number-field.tsx';
import type { NumberField as Name } from '../../../state/settings-draft.ts';
import { SettingRow } from './setting-row.tsx';
import type { SettingsForm } from './use-settings.ts';

export interface NumberSettingProps {
  readonly form: SettingsForm;
  readonly name: Name;
  readonly label: string;
  readonly hint: string;
  readonly unit?: string;
  /** What an empty field means: a number, or a word. */
  readonly placeholder: string;
}

/** A setting that is a whole number, or chosen for the Mac. */
export function NumberSetting(props: NumberSettingProps): JSX.Element {
  const text = (): string => props.form.draft()[props.name];
  return (
    <SettingRow
      label={props.label}
      chosen={text() !== ''}
      onReset={() => props.form.change({ [props.name]: '' })}
    >
      <NumberField
        label={props.label}
        hint={props.hint}
        value={text()}
        placeholder={props.placeholder}
        unit={props.unit ?? ''}
        whole
        error={props.form.errors()[props.name] ?? null}
        onInput={(value) => props.form.change({ [props.name]: value })}
      />
    </SettingRow>
  );
}

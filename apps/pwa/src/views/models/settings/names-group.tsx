import type { JSX } from 'solid-js';
import { TextField } from '../../../components/text-field/text-field.tsx';
import { SettingRow } from './setting-row.tsx';
import { SettingsGroup } from './settings-group.tsx';
import type { SettingsForm } from './use-settings.ts';

/** What else a model is called. */
export function NamesGroup(props: { readonly form: SettingsForm }): JSX.Element {
  const aliases = (): string => props.form.draft().aliases;
  return (
    <SettingsGroup title="Names">
      <SettingRow
        label="Aliases"
        chosen={aliases() !== ''}
        onReset={() => props.form.change({ aliases: '' })}
      >
        <TextField
          label="Aliases"
          hint="Other names that requests may use, such as gpt-4o, or claude-* for all that begin so; commas between them."
          placeholder="None"
          value={aliases()}
          error={props.form.errors()['aliases'] ?? null}
          onInput={(value) => props.form.change({ aliases: value })}
        />
      </SettingRow>
    </SettingsGroup>
  );
}

import type { IdleUnload } from '@impetus/contracts/model-settings';
import { Show, type JSX } from 'solid-js';
import { ChoiceField } from '../../../components/choice-field/choice-field.tsx';
import { NumberField } from '../../../components/number-field/number-field.tsx';
import { Segmented } from '../../../components/segmented/segmented.tsx';
import { Toggle } from '../../../components/toggle/toggle.tsx';
import { idleWords } from '../../../state/idle-unload.ts';
import type { IdleChoice } from '../../../state/settings-draft.ts';
import { SettingRow } from './setting-row.tsx';
import { SettingsGroup } from './settings-group.tsx';
import type { SettingsForm } from './use-settings.ts';

const choices: readonly { readonly value: IdleChoice; readonly label: string }[] = [
  { value: 'default', label: 'Default' },
  { value: 'at-once', label: 'At once' },
  { value: 'minutes', label: 'After' },
  { value: 'never', label: 'Never' },
];

/** Something to begin with. */
const usualMinutes = '30';

function defaultWords(idle: IdleUnload | null): string {
  return idle === null ? '' : ` By default: ${idleWords(idle).toLowerCase()}.`;
}

/** How long a model stays in memory, and when it comes there by itself. */
export function IdleGroup(props: { readonly form: SettingsForm }): JSX.Element {
  const draft = () => props.form.draft();
  const choose = (idle: IdleChoice): void =>
    props.form.change({ idle, idleMinutes: draft().idleMinutes || usualMinutes });
  return (
    <SettingsGroup title="When idle">
      <SettingRow
        label="Unload when idle"
        chosen={draft().idle !== 'default'}
        onReset={() => props.form.change({ idle: 'default' })}
      >
        <ChoiceField
          label="Unload when idle"
          hint={`Gives its memory back when no request came for a while.${defaultWords(props.form.defaults().idleUnload)}`}
        >
          {(describedBy) => (
            <Segmented
              label="Unload when idle"
              describedBy={describedBy}
              options={choices}
              value={draft().idle}
              onChange={choose}
            />
          )}
        </ChoiceField>
        <Show when={draft().idle === 'minutes'}>
          <NumberField
            label="Idle for"
            value={draft().idleMinutes}
            unit="minutes"
            error={props.form.errors()['idleUnload'] ?? null}
            onInput={(idleMinutes) => props.form.change({ idleMinutes })}
          />
        </Show>
      </SettingRow>
      <SettingRow label="Pinned" chosen={draft().pinned} onReset={() => props.form.change({ pinned: false })}>
        <Toggle
          label="Pinned"
          hint="Never unloaded to make room for another model."
          checked={draft().pinned}
          onChange={(pinned) => props.form.change({ pinned })}
        />
      </SettingRow>
      <SettingRow
        label="Load at start"
        chosen={draft().preload}
        onReset={() => props.form.change({ preload: false })}
      >
        <Toggle
          label="Load at start"
          hint="In memory as soon as IMPETUS runs."
          checked={draft().preload}
          onChange={(preload) => props.form.change({ preload })}
        />
      </SettingRow>
    </SettingsGroup>
  );
}

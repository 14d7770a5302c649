import { defaultAgentSettings, type AgentSettings } from '@impetus/contracts/agent-settings';
import type { JSX } from 'solid-js';
import { Toggle } from '../../components/toggle/toggle.tsx';
import { reasonAgainst } from '../../state/actions.ts';
import { SettingNote } from './setting-note.tsx';
import type { AgentSettingsState } from './use-agent-settings.ts';

/** The settings that are on or off. */
type ToggleName = {
  [Name in keyof AgentSettings]: AgentSettings[Name] extends boolean ? Name : never;
}[keyof AgentSettings];

export interface ToggleSettingProps {
  readonly state: AgentSettingsState;
  readonly settings: AgentSettings;
  readonly name: ToggleName;
  readonly label: string;
  readonly hint: JSX.Element;
}

/** A setting that is on or off; it is saved at once. */
export function ToggleSetting(props: ToggleSettingProps): JSX.Element {
  const save = (value: boolean): void => void props.state.save(props.name, value, props.settings[props.name]);
  return (
    <Toggle
      label={props.label}
      hint={props.hint}
      checked={props.settings[props.name]}
      onChange={save}
      disabledReason={reasonAgainst('admin')}
      note={
        <SettingNote
          label={props.label}
          outcome={props.state.outcomeOf(props.name)}
          value={props.settings[props.name]}
          standard={defaultAgentSettings[props.name]}
          wordsFor={(value) => (value === true ? 'on' : 'off')}
          onSave={(value) => save(value === true)}
        />
      }
    />
  );
}

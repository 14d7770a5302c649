import { defaultAgentSettings, type AgentSettings } from '@impetus/contracts/agent-settings';
import type { IdleUnload } from '@impetus/contracts/model-settings';
import { createUniqueId, type JSX } from 'solid-js';
import { Select, type SelectOption } from '../../components/select/select.tsx';
import { reasonAgainst } from '../../state/actions.ts';
import { idleChoices, idleFrom, idleKey, idleWords } from '../../state/idle-unload.ts';
import { showToast } from '../../state/toasts.ts';
import { SettingNote } from './setting-note.tsx';
import type { AgentSettingsState } from './use-agent-settings.ts';

/** After how long without a request a model's memory is given back; it is saved at once. */
export function IdleSetting(props: {
  readonly state: AgentSettingsState;
  readonly settings: AgentSettings;
}): JSX.Element {
  const label = 'Unload an idle model';
  const id = createUniqueId();
  const save = (value: IdleUnload): void =>
    void props.state.save('idleUnload', value, props.settings.idleUnload);
  const choose = (key: string): void => {
    const reason = reasonAgainst('admin');
    if (reason === null) save(idleFrom(key));
    else showToast(reason);
  };
  return (
    <div class="idle-setting" role="group" aria-labelledby={id}>
      <span id={id}>{label}</span>
      <Select
        label={label}
        options={optionsWith(props.settings.idleUnload)}
        value={idleKey(props.settings.idleUnload)}
        placeholder=""
        onChange={choose}
      />
      <p class="settings-hint">
        Its memory is given back after this long without a request. A model can have a choice of its own.
      </p>
      <SettingNote
        label={label}
        outcome={props.state.outcomeOf('idleUnload')}
        value={props.settings.idleUnload}
        standard={defaultAgentSettings.idleUnload}
        wordsFor={(value) => idleWords(value as IdleUnload).toLowerCase()}
        onSave={(value) => save(value as IdleUnload)}
      />
    </div>
  );
}

const usual: SelectOption[] = idleChoices.map((choice) => ({
  value: idleKey(choice),
  label: idleWords(choice),
}));

/** The usual choices, and the present one where it is none of them. */
function optionsWith(present: IdleUnload): SelectOption[] {
  if (idleChoices.includes(present)) return usual;
  return [...usual, { value: idleKey(present), label: idleWords(present) }];
}

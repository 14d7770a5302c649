import type { ModelSettings } from '@impetus/contracts/model-settings';
import { createMemo, Show, type JSX } from 'solid-js';
import { ChoiceField } from '../../../components/choice-field/choice-field.tsx';
import { Segmented } from '../../../components/segmented/segmented.tsx';
import { Select, type SelectOption } from '../../../components/select/select.tsx';
import { formatBytes } from '../../../lib/format.ts';
import { agentState, findModel } from '../../../state/agent-state.ts';
import { canChat } from '../../../state/model-choice.ts';
import { SettingRow } from './setting-row.tsx';
import { SettingsGroup } from './settings-group.tsx';
import type { SettingsForm } from './use-settings.ts';

const speculations: readonly { readonly value: ModelSettings['speculation']; readonly label: string }[] = [
  { value: 'off', label: 'Off' },
  { value: 'prompt-lookup', label: 'From the prompt' },
  { value: 'draft', label: 'By a model' },
];

/** Tokens that are guessed and then checked in one step. */
export function GuessingGroup(props: { readonly form: SettingsForm }): JSX.Element {
  const draft = () => props.form.draft();
  const options = createMemo<readonly SelectOption[]>(() =>
    agentState.models
      .filter((model) => canChat(model) && model.id !== props.form.model.id)
      .map(({ id, name }) => ({ value: id, label: name })),
  );
  return (
    <SettingsGroup title="Guessing ahead">
      <SettingRow
        label="Speculation"
        chosen={draft().speculation !== 'off'}
        onReset={() => props.form.change({ speculation: 'off' })}
      >
        <ChoiceField
          label="Speculation"
          hint="Guesses several tokens and checks them in one step: faster where answers repeat the prompt, slower where they do not."
        >
          {(describedBy) => (
            <Segmented
              label="Speculation"
              describedBy={describedBy}
              options={speculations}
              value={draft().speculation}
              onChange={(speculation) => props.form.change({ speculation })}
            />
          )}
        </ChoiceField>
        <Show when={draft().speculation === 'draft'}>
          <ChoiceField
            label="Draft model"
            hint="A smaller model with the same vocabulary, which is loaded as well."
            error={props.form.errors()['draftModel'] ?? null}
          >
            {() => (
              <div class="settings-select">
                <Select
                  label="Draft model"
                  options={options()}
                  detailOf={(id) => formatBytes(findModel(id)?.sizeBytes ?? null)}
                  value={draft().draftModel}
                  placeholder="Choose a model"
                  onChange={(draftModel) => props.form.change({ draftModel })}
                />
              </div>
            )}
          </ChoiceField>
        </Show>
      </SettingRow>
    </SettingsGroup>
  );
}

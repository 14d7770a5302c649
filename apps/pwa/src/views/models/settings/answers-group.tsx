import { For, type JSX } from 'solid-js';
import { NumberField } from '../../../components/number-field/number-field.tsx';
import { TextField } from '../../../components/text-field/text-field.tsx';
import type { SamplingField } from '../../../state/settings-draft.ts';
import { SettingRow } from './setting-row.tsx';
import { SettingsGroup } from './settings-group.tsx';
import type { SettingsForm } from './use-settings.ts';

const sampling: readonly { readonly name: SamplingField; readonly label: string; readonly hint: string }[] = [
  { name: 'temperature', label: 'Temperature', hint: '0 always takes the likeliest token; higher is freer.' },
  { name: 'topP', label: 'Top p', hint: 'Only the likeliest tokens that together reach this share.' },
  { name: 'topK', label: 'Top k', hint: 'Only this many of the likeliest tokens; 0 for all.' },
  { name: 'minP', label: 'Min p', hint: 'Only tokens at least this likely, next to the likeliest.' },
  {
    name: 'frequencyPenalty',
    label: 'Frequency penalty',
    hint: 'Against words, the more often they were used.',
  },
  { name: 'presencePenalty', label: 'Presence penalty', hint: 'Against words that were used at all.' },
  {
    name: 'repeatPenalty',
    label: 'Repeat penalty',
    hint: 'Against repeating what was just written; 1 for none.',
  },
  { name: 'seed', label: 'Seed', hint: 'The same seed and prompt give the same answer.' },
];

/** How a model answers requests that say nothing of it themselves. */
export function AnswersGroup(props: { readonly form: SettingsForm }): JSX.Element {
  const draft = () => props.form.draft();
  const enter = (name: SamplingField, value: string): void =>
    props.form.change({ sampling: { ...draft().sampling, [name]: value } });
  return (
    <SettingsGroup title="Answers" text="These hold where a request says nothing itself.">
      <For each={sampling}>
        {({ name, label, hint }) => (
          <SettingRow label={label} chosen={draft().sampling[name] !== ''} onReset={() => enter(name, '')}>
            <NumberField
              label={label}
              hint={hint}
              value={draft().sampling[name]}
              placeholder="Default"
              whole={name === 'topK' || name === 'seed'}
              error={props.form.errors()[`sampling.${name}`] ?? null}
              onInput={(value) => enter(name, value)}
            />
          </SettingRow>
        )}
      </For>
      <SettingRow
        label="System prompt in front"
        chosen={draft().systemPrompt !== ''}
        onReset={() => props.form.change({ systemPrompt: '' })}
      >
        <TextField
          label="System prompt in front"
          hint="Put before the system prompt of every chat."
          placeholder="None"
          multiline
          value={draft().systemPrompt}
          error={props.form.errors()['systemPrompt'] ?? null}
          onInput={(systemPrompt) => props.form.change({ systemPrompt })}
        />
      </SettingRow>
      <SettingRow
        label="Chat template"
        chosen={draft().chatTemplate !== ''}
        onReset={() => props.form.change({ chatTemplate: '' })}
      >
        <div class="settings-mono">
          <TextField
            label="Chat template"
            hint="Jinja, in place of the one in the model’s file."
            placeholder="The model’s own"
            multiline
            value={draft().chatTemplate}
            error={props.form.errors()['chatTemplate'] ?? null}
            onInput={(chatTemplate) => props.form.change({ chatTemplate })}
          />
        </div>
      </SettingRow>
    </SettingsGroup>
  );
}

import type { JSX } from 'solid-js';
import { ChoiceField } from '../../../components/choice-field/choice-field.tsx';
import { Segmented } from '../../../components/segmented/segmented.tsx';
import { formatCount } from '../../../lib/format.ts';
import type { SettingsDraft } from '../../../state/settings-draft.ts';
import { ContextSetting } from './context-setting.tsx';
import { NumberSetting } from './number-setting.tsx';
import { SettingRow } from './setting-row.tsx';
import { SettingsGroup } from './settings-group.tsx';
import type { SettingsForm } from './use-settings.ts';

const kvTypes: readonly { readonly value: SettingsDraft['kvType']; readonly label: string }[] = [
  { value: 'default', label: 'Default' },
  { value: 'f16', label: 'f16' },
  { value: 'q8_0', label: 'q8_0' },
  { value: 'q4_0', label: 'q4_0' },
];

const flashAttention: readonly { readonly value: SettingsDraft['flashAttention']; readonly label: string }[] =
  [
    { value: 'default', label: 'Default' },
    { value: 'on', label: 'On' },
    { value: 'off', label: 'Off' },
  ];

/** How a model is held. */
export function MemoryGroup(props: { readonly form: SettingsForm }): JSX.Element {
  const draft = () => props.form.draft();
  const sequences = (): string => {
    const held = props.form.defaults().held;
    return held === null ? 'Default' : formatCount(held.sequences);
  };
  return (
    <SettingsGroup title="Memory and speed">
      <ContextSetting form={props.form} />
      <NumberSetting
        form={props.form}
        name="sequences"
        label="Sequences"
        hint="Requests that are answered side by side; each has a context of its own."
        placeholder={sequences()}
      />
      <SettingRow
        label="KV type"
        chosen={draft().kvType !== 'default'}
        onReset={() => props.form.change({ kvType: 'default' })}
      >
        <ChoiceField
          label="KV type"
          hint="How the KV cache is kept: q8_0 takes half of f16 and a little quality, q4_0 a quarter. The default is f16."
        >
          {(describedBy) => (
            <Segmented
              label="KV type"
              describedBy={describedBy}
              options={kvTypes}
              value={draft().kvType}
              onChange={(kvType) => props.form.change({ kvType })}
            />
          )}
        </ChoiceField>
      </SettingRow>
      <SettingRow
        label="Flash attention"
        chosen={draft().flashAttention !== 'default'}
        onReset={() => props.form.change({ flashAttention: 'default' })}
      >
        <ChoiceField
          label="Flash attention"
          hint="Reads long prompts faster and in less memory. By default it is on where the engine finds that it helps."
        >
          {(describedBy) => (
            <Segmented
              label="Flash attention"
              describedBy={describedBy}
              options={flashAttention}
              value={draft().flashAttention}
              onChange={(value) => props.form.change({ flashAttention: value })}
            />
          )}
        </ChoiceField>
      </SettingRow>
      <NumberSetting
        form={props.form}
        name="gpuLayers"
        label="GPU layers"
        hint="Layers that are computed on the GPU; by default as many as fit."
        placeholder="All that fit"
      />
      <NumberSetting
        form={props.form}
        name="batchSize"
        label="Batch size"
        hint="Tokens of a prompt that are read in one step: more is faster and takes more memory."
        unit="tokens"
        placeholder="Default"
      />
      <NumberSetting
        form={props.form}
        name="threads"
        label="Threads"
        hint="Threads of the CPU that compute; by default chosen for this Mac."
        placeholder="Default"
      />
    </SettingsGroup>
  );
}

import type { JSX } from 'solid-js';
import { NumberField } from '../../../components/number-field/number-field.tsx';
import { Slider } from '../../../components/slider/slider.tsx';
import { formatCount, formatTokens } from '../../../lib/format.ts';
import { contextSteps, nearestStep } from '../../../state/settings-draft.ts';
import { SettingRow } from './setting-row.tsx';
import type { SettingsForm } from './use-settings.ts';

/** The context size, as a number and as a slider whose effect on the memory shows at once. */
export function ContextSetting(props: { readonly form: SettingsForm }): JSX.Element {
  const text = (): string => props.form.draft().contextSize;
  const steps = () => contextSteps(props.form.model.contextLength);
  const automatic = (): number | null => props.form.defaults().held?.contextSize ?? null;
  /** What would hold, as far as that can be said of what stands in the field. */
  const size = (): number => Number(text().replace(/\D/gu, '')) || automatic() || (steps()[0] ?? 0);
  const hint = (): string => {
    const trained = props.form.model.contextLength;
    const most = trained === null ? '' : ` The model was trained for ${formatCount(trained)}.`;
    const chosen = automatic() === null ? '' : ` Chosen for this Mac: ${formatCount(automatic())}.`;
    return `What one conversation can hold: question, history and answer.${most}${chosen}`;
  };
  const enter = (contextSize: string): void => props.form.change({ contextSize });
  return (
    <SettingRow label="Context size" chosen={text() !== ''} onReset={() => enter('')}>
      <NumberField
        label="Context size"
        hint={hint()}
        value={text()}
        placeholder={automatic() === null ? 'Default' : formatCount(automatic())}
        unit="tokens"
        whole
        error={props.form.errors()['contextSize'] ?? null}
        onInput={enter}
      />
      <Slider
        label="Context size"
        places={steps().length}
        place={nearestStep(steps(), size())}
        valueText={formatTokens(size())}
        automatic={text() === ''}
        onInput={(place) => enter(String(steps()[place] ?? ''))}
      />
    </SettingRow>
  );
}

import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { Index, type JSX } from 'solid-js';
import { Button } from '../../../components/button/button.tsx';
import { IconButton } from '../../../components/icon-button/icon-button.tsx';
import { NumberField } from '../../../components/number-field/number-field.tsx';
import { TextField } from '../../../components/text-field/text-field.tsx';
import type { AdapterDraft } from '../../../state/settings-draft.ts';
import { SettingsGroup } from './settings-group.tsx';
import type { SettingsForm } from './use-settings.ts';

/** The most that the agent takes. */
const most = 8;

/** LoRA adapters on top of a model. */
export function AdaptersGroup(props: { readonly form: SettingsForm }): JSX.Element {
  const adapters = () => props.form.draft().adapters;
  const error = (index: number, field: keyof AdapterDraft): string | null =>
    props.form.errors()[`adapters.${index}.${field}`] ?? null;
  const put = (next: readonly AdapterDraft[]): void => props.form.change({ adapters: next });
  const change = (index: number, some: Partial<AdapterDraft>): void =>
    put(adapters().map((adapter, i) => (i === index ? { ...adapter, ...some } : adapter)));
  return (
    <SettingsGroup title="Adapters" text="LoRA files that change how the model answers.">
      <Index each={adapters()}>
        {(adapter, index) => (
          <div class="setting-row" role="group" aria-label={`Adapter ${index + 1}`}>
            <div class="setting-row-field">
              <TextField
                label="File"
                hint="The path of a GGUF file on the Mac."
                value={adapter().path}
                error={error(index, 'path')}
                onInput={(path) => change(index, { path })}
              />
              <NumberField
                label="Strength"
                hint="1 as it was trained; less is weaker."
                value={adapter().scale}
                error={error(index, 'scale')}
                onInput={(scale) => change(index, { scale })}
              />
            </div>
            <div class="setting-row-reset" data-chosen="">
              <IconButton
                label={`Remove adapter ${index + 1}`}
                size="small"
                onPress={() => put(adapters().filter((_, i) => i !== index))}
              >
                <X />
              </IconButton>
            </div>
          </div>
        )}
      </Index>
      <div>
        <Button
          size="small"
          icon={<Plus />}
          disabledReason={adapters().length >= most ? `A model takes at most ${most} adapters.` : null}
          onPress={() => put([...adapters(), { path: '', scale: '1' }])}
        >
          Add an adapter
        </Button>
      </div>
    </SettingsGroup>
  );
}

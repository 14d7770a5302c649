import { Show, type JSX } from 'solid-js';
import { Button } from '../../../components/button/button.tsx';
import { reasonAgainst, reloadModel } from '../../../state/actions.ts';
import { discardSettings, hasUnsavedSettings, needsReload } from '../../../state/model-settings.ts';
import type { SettingsForm } from './use-settings.ts';

/** Keeps or drops what was changed, and says when it takes effect. */
export function SettingsFooter(props: { readonly form: SettingsForm }): JSX.Element {
  const id = (): string => props.form.model.id;
  const unsaved = (): boolean => hasUnsavedSettings(id());
  const reason = (): string | null => {
    if (props.form.saving()) return 'The settings are being saved.';
    if (Object.keys(props.form.errors()).length > 0) return 'Something that was entered is not valid.';
    if (Object.keys(props.form.changes()).length === 0) return 'Nothing was changed.';
    return reasonAgainst('admin');
  };
  return (
    <div class="settings-footer">
      <p class="settings-footer-words" role="status">
        {words(props.form, unsaved())}
      </p>
      <div class="settings-footer-actions">
        <Show
          when={!unsaved() && needsReload(id())}
          fallback={
            <>
              <Show when={unsaved()}>
                <Button onPress={() => discardSettings(id())}>Discard</Button>
              </Show>
              <Button kind="primary" disabledReason={reason()} onPress={() => void props.form.save()}>
                Save
              </Button>
            </>
          }
        >
          <Button
            kind="primary"
            label={`Reload ${props.form.model.name}`}
            disabledReason={reasonAgainst('load')}
            onPress={() => void reloadModel(id())}
          >
            Reload
          </Button>
        </Show>
      </div>
    </div>
  );
}

function words(form: SettingsForm, unsaved: boolean): string {
  const failure = form.failure();
  if (failure !== null) return [failure.what, failure.why].filter(Boolean).join(' ');
  const wrong = Object.keys(form.errors()).length;
  if (wrong > 0) return wrong === 1 ? 'One field is not valid.' : `${wrong} fields are not valid.`;
  if (unsaved) return ['Not saved yet.', reasonAgainst('admin')].filter(Boolean).join(' ');
  return needsReload(form.model.id) ? 'Saved. Needs a reload to apply.' : '';
}

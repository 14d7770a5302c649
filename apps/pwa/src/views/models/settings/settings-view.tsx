import type { ModelEntry } from '@impetus/contracts/models';
import { Show, type JSX } from 'solid-js';
import { Button } from '../../../components/button/button.tsx';
import { ErrorPanel } from '../../../components/error-panel/error-panel.tsx';
import { Sheet } from '../../../components/sheet/sheet.tsx';
import { Skeleton } from '../../../components/skeleton/skeleton.tsx';
import { SettingsFooter } from './settings-footer.tsx';
import { SettingsForm } from './settings-form.tsx';
import { useSettings } from './use-settings.ts';

export interface SettingsViewProps {
  readonly model: ModelEntry;
  /** In a sheet over the page; without it, as a part of the page. */
  readonly onClose?: () => void;
}

/** The settings of a model, in a sheet or as a part of its page. */
export default function SettingsView(props: SettingsViewProps): JSX.Element {
  const { form, failure, tryAgain } = useSettings(() => props.model);
  const fields = (): JSX.Element => (
    <Show when={form()} fallback={<Unknown failure={failure()} onTryAgain={tryAgain} />}>
      {(present) => <SettingsForm form={present()} />}
    </Show>
  );
  const footer = (): JSX.Element => (
    <Show when={form()}>{(present) => <SettingsFooter form={present()} />}</Show>
  );
  return (
    <Show
      when={props.onClose}
      fallback={
        <section class="settings-panel" aria-label={`Settings of ${props.model.name}`}>
          <h2 class="visually-hidden">Settings</h2>
          {fields()}
          {footer()}
        </section>
      }
    >
      {(onClose) => (
        <Sheet open onClose={onClose()} title={`Settings of ${props.model.name}`} actions={footer()}>
          {fields()}
        </Sheet>
      )}
    </Show>
  );
}

function Unknown(props: {
  readonly failure: ReturnType<ReturnType<typeof useSettings>['failure']>;
  readonly onTryAgain: () => void;
}): JSX.Element {
  return (
    <Show when={props.failure} fallback={<Skeleton rows={5} label="Loading the settings" />}>
      {(failure) => (
        <ErrorPanel failure={failure()}>
          <Button size="small" onPress={props.onTryAgain}>
            Try again
          </Button>
        </ErrorPanel>
      )}
    </Show>
  );
}

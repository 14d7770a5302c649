import type { ModelEntry } from '@impetus/contracts/models';
import Info from 'lucide-solid/icons/info';
import { Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import { reasonAgainst, reloadModel } from '../../state/actions.ts';
import { hasUnsavedSettings, needsReload } from '../../state/model-settings.ts';

export interface ModelNoticesProps {
  readonly model: ModelEntry;
  /** Whether the settings are in sight: they say the same themselves then. */
  readonly settingsShown: boolean;
  readonly onSettings: () => void;
}

/** What is left to be done about a model's settings. */
export function ModelNotices(props: ModelNoticesProps): JSX.Element {
  return (
    <Show when={!props.settingsShown}>
      <Show when={hasUnsavedSettings(props.model.id)}>
        <Notice
          icon={<Info />}
          actions={
            <Button size="small" onPress={props.onSettings}>
              Go on
            </Button>
          }
        >
          Settings were changed and not saved.
        </Notice>
      </Show>
      <Show when={needsReload(props.model.id)}>
        <Notice
          icon={<Info />}
          actions={
            <Button
              size="small"
              label={`Reload ${props.model.name}`}
              disabledReason={reasonAgainst('load')}
              onPress={() => void reloadModel(props.model.id)}
            >
              Reload
            </Button>
          }
        >
          It is loaded with settings from before the last change.
        </Notice>
      </Show>
    </Show>
  );
}

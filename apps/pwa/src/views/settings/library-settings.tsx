import type { AgentSettings } from '@impetus/contracts/agent-settings';
import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { awayReason } from '../../state/actions.ts';
import { macName } from '../../state/agent-state.ts';
import { NumberSettingField } from './number-setting.tsx';
import { ToggleSetting } from './toggle-setting.tsx';
import type { AgentSettingsState } from './use-agent-settings.ts';

export interface LibrarySettingsProps {
  readonly state: AgentSettingsState;
  readonly settings: AgentSettings;
}

/** Where models are looked for, and what uploads and downloads leave free. */
export function LibrarySettings(props: LibrarySettingsProps): JSX.Element {
  return (
    <section class="settings-card" aria-labelledby="settings-library">
      <h2 id="settings-library">Library</h2>
      <p class="settings-hint">
        Models of other programs are used where they lie. Nothing is copied, and nothing there is ever
        written.
      </p>
      <ToggleSetting
        {...props}
        name="useHuggingFaceCache"
        label="Hugging Face’s cache"
        hint="What other programs downloaded from the Hub."
      />
      <ToggleSetting
        {...props}
        name="useLmStudioModels"
        label="LM Studio’s models"
        hint="Its models folder."
      />
      <ToggleSetting
        {...props}
        name="useOllamaModels"
        label="Ollama’s models"
        hint="Its blobs, with the template and the parameters that it keeps with them."
      />
      <Folders {...props} />
      <NumberSettingField
        {...props}
        name="diskReserveBytes"
        label="Left free on the disk"
        hint="Uploads and downloads that would take it are refused, or wait."
      />
      <NumberSettingField
        {...props}
        name="uploadMaxAgeHours"
        label="Unfinished uploads"
        hint="How long one can be gone on with; then it is dropped."
      />
    </section>
  );
}

/** Further folders, a line each. */
function Folders(props: LibrarySettingsProps): JSX.Element {
  const stored = (): string => props.settings.modelFolders.join('\n');
  const [text, setText] = createSignal(stored());
  createEffect(on(stored, setText, { defer: true }));
  const outcome = () => props.state.outcomeOf('modelFolders');
  const error = (): string | null => {
    const last = outcome();
    return last?.kind === 'failed' ? (last.failure.why ?? last.failure.what) : null;
  };
  const save = (): void => {
    const folders = text()
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    void props.state.save('modelFolders', folders, props.settings.modelFolders);
  };
  return (
    <div class="settings-folders">
      <TextField
        label="Further folders"
        hint={`On ${macName()}, a line each, beginning with / or ~. They are watched.`}
        value={text()}
        onInput={setText}
        error={error()}
        multiline
      />
      <Show when={text().trim() !== stored()}>
        <Button size="small" disabledReason={awayReason()} onPress={save}>
          Save folders
        </Button>
      </Show>
    </div>
  );
}

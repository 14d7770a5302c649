import type { AgentSettings } from '@impetus/contracts/agent-settings';
import type { JSX } from 'solid-js';
import { macName } from '../../state/agent-state.ts';
import { ToggleSetting } from './toggle-setting.tsx';
import type { AgentSettingsState } from './use-agent-settings.ts';

export interface ProgramsSettingsProps {
  readonly state: AgentSettingsState;
  readonly settings: AgentSettings;
}

/** What programs on the Mac itself may do without a key. */
export function ProgramsSettings(props: ProgramsSettingsProps): JSX.Element {
  return (
    <section class="settings-card" aria-labelledby="settings-programs">
      <h2 id="settings-programs">Programs on {macName()}</h2>
      <ToggleSetting
        {...props}
        name="ollamaWithoutKey"
        label="Ollama’s API without a key"
        hint="For editors that cannot send one. Programs there may use models and nothing else; other devices and pages always need a key."
      />
    </section>
  );
}

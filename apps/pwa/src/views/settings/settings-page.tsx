import './settings-page.css';
import type { AgentSettings } from '@impetus/contracts/agent-settings';
import { createSignal, lazy, Show, Suspense, type JSX } from 'solid-js';
import { AsOf } from '../../components/as-of/as-of.tsx';
import { Button } from '../../components/button/button.tsx';
import { ColumnPage } from '../../components/column-page/column-page.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { reasonAgainst } from '../../state/actions.ts';
import { agentState, macName } from '../../state/agent-state.ts';
import { connection, lookAgain, shownAsOf } from '../../state/connection.ts';
import { budgetWords, sourceWords } from '../../state/memory-view.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { may } from '../../state/rights.ts';
import { HubSettings } from './hub-settings.tsx';
import { Account } from '../account/account.tsx';
import { IdleSetting } from './idle-setting.tsx';
import { LibrarySettings } from './library-settings.tsx';
import { NumberSettingField } from './number-setting.tsx';
import { ProgramsSettings } from './programs-settings.tsx';
import { ToggleSetting } from './toggle-setting.tsx';
import { useAgentSettings, type AgentSettingsState } from './use-agent-settings.ts';

const ForgetTextSheet = lazy(() => import('./forget-text-sheet.tsx'));

interface SectionProps {
  readonly state: AgentSettingsState;
  readonly settings: AgentSettings;
}

/** What the owner chooses for the agent as a whole. */
export default function SettingsPage(): JSX.Element {
  const state = useAgentSettings();
  usePageTitle('Settings');
  return (
    <ColumnPage class="settings">
      <div class="page-title">
        <h1>Settings</h1>
        <AsOf at={shownAsOf()} />
      </div>
      <div class="settings-side">
        <Account />
      </div>
      <Show when={state.settings()} fallback={<Unknown state={state} />}>
        {(settings) => (
          <>
            <div class="settings-side">
              <Memory state={state} settings={settings()} />
              <PromptCache state={state} settings={settings()} />
              <LibrarySettings state={state} settings={settings()} />
            </div>
            <div class="settings-side">
              <Limits state={state} settings={settings()} />
              <ProgramsSettings state={state} settings={settings()} />
              <Records state={state} settings={settings()} />
              <Show when={may('admin')}>
                <HubSettings />
              </Show>
            </div>
          </>
        )}
      </Show>
    </ColumnPage>
  );
}

function Unknown(props: { readonly state: AgentSettingsState }): JSX.Element {
  const failure = () =>
    props.state.failure() ??
    (connection().kind === 'away'
      ? {
          what: 'The settings could not be fetched.',
          why: `${macName()} does not answer, and this device has not seen them before.`,
          remedy: 'Check that the Mac is awake and that IMPETUS runs on it.',
        }
      : null);
  const again = (): void => {
    lookAgain();
    void props.state.reload();
  };
  return (
    <Show when={failure()} fallback={<Skeleton rows={6} label="Loading the settings" />}>
      {(shown) => (
        <ErrorPanel failure={shown()}>
          <Button size="small" onPress={again}>
            Try again
          </Button>
        </ErrorPanel>
      )}
    </Show>
  );
}

function Memory(props: SectionProps): JSX.Element {
  return (
    <section class="settings-card" aria-labelledby="settings-memory">
      <h2 id="settings-memory">Memory</h2>
      <NumberSettingField
        {...props}
        name="memoryLimitBytes"
        label="Limit for models"
        empty="Automatic"
        hint={<>What all loaded models may take together. {budgetNow()}</>}
      />
      <IdleSetting {...props} />
      <ToggleSetting
        {...props}
        name="warmRunner"
        label="Keep an empty runner ready"
        hint="The next model loads sooner; it takes a little memory while nothing is loaded."
      />
    </section>
  );
}

/** The budget that holds now, so that a number can be chosen with sense. */
function budgetNow(): string {
  const budget = agentState.memory?.budget;
  if (budget === undefined) return '';
  return `${budgetWords(budget)}. ${sourceWords(budget)}`;
}

function PromptCache(props: SectionProps): JSX.Element {
  return (
    <section class="settings-card" aria-labelledby="settings-cache">
      <h2 id="settings-cache">Prompt cache on disk</h2>
      <p class="settings-hint">
        Conversations that lost their place in memory are kept here, so that they go on without being read
        anew.
      </p>
      <NumberSettingField
        {...props}
        name="promptCacheMaxBytes"
        label="Size"
        hint="The oldest go first. 0 keeps nothing on the disk."
      />
      <NumberSettingField
        {...props}
        name="promptCacheMaxAgeHours"
        label="Age"
        hint="What was not used for so long is removed."
      />
    </section>
  );
}

function Limits(props: SectionProps): JSX.Element {
  return (
    <section class="settings-card" aria-labelledby="settings-limits">
      <h2 id="settings-limits">Limits</h2>
      <NumberSettingField
        {...props}
        name="queueLength"
        label="Longest line"
        hint="Requests that may wait for one model; the next one is refused and told when to try again."
      />
      <NumberSettingField
        {...props}
        name="concurrencyPerKey"
        label="At once, per key"
        empty="No limit"
        hint="Requests of one API key that may run or wait at the same time."
      />
      <NumberSettingField
        {...props}
        name="requestsPerMinutePerKey"
        label="In a minute, per key"
        empty="No limit"
        hint="Requests that one API key may send within a minute."
      />
      <NumberSettingField
        {...props}
        name="requestTimeoutSeconds"
        label="Time for a request"
        empty="No limit"
        hint="Counted from when the model takes it, not while it waits in line."
      />
    </section>
  );
}

function Records(props: SectionProps): JSX.Element {
  const [isAsking, setAsking] = createSignal(false);
  return (
    <section class="settings-card" aria-labelledby="settings-records">
      <h2 id="settings-records">Records of requests</h2>
      <NumberSettingField
        {...props}
        name="recordMaxAgeDays"
        label="Keep records for"
        hint="Who asked which model, when, how long it took and how it ended."
      />
      <ToggleSetting
        {...props}
        name="captureText"
        label="Keep the text of prompts and answers"
        hint={`Whoever manages ${macName()} can then read what everybody asks it. The text stays on that Mac, unencrypted in its data folder.`}
      />
      <NumberSettingField
        {...props}
        name="captureMaxBytes"
        label="Size of the text"
        hint="All kept text together; the oldest goes first."
      />
      <NumberSettingField
        {...props}
        name="captureMaxAgeDays"
        label="Age of the text"
        hint="Older text is forgotten; its record stays."
      />
      <div class="settings-action">
        <p class="settings-hint">Switching it off keeps the text that is there, until it is too old.</p>
        <Button
          kind="danger"
          size="small"
          disabledReason={reasonAgainst('admin')}
          onPress={() => setAsking(true)}
        >
          Forget all text now…
        </Button>
      </div>
      <Suspense>
        <Show when={isAsking()}>
          <ForgetTextSheet onClose={() => setAsking(false)} />
        </Show>
      </Suspense>
    </section>
  );
}

import type { AgentSettings } from '@impetus/contracts/agent-settings';
import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { api } from '../../api/client.ts';
import { isConnectionLoss, toFailure, type Failure } from '../../api/failure.ts';
import { read, write } from '../../lib/database.ts';
import { isConnected } from '../../state/connection.ts';
import { saveOutcome, type SaveOutcome } from '../../state/agent-settings-save.ts';

const rememberedKey = 'agent-settings';

type Name = keyof AgentSettings;

/** The settings of the agent as a screen needs them. */
export interface AgentSettingsState {
  /** Null until they were heard of. */
  readonly settings: Accessor<AgentSettings | null>;
  readonly failure: Accessor<Failure | null>;
  /** What became of the last attempt to save a setting. */
  readonly outcomeOf: (name: Name) => SaveOutcome | undefined;
  /** Saves one setting, and it alone, unless another screen has changed it since `shown` was. */
  save<N extends Name>(name: N, value: AgentSettings[N], shown: AgentSettings[N]): Promise<void>;
  reload(): Promise<void>;
}

export function useAgentSettings(): AgentSettingsState {
  const [store, setStore] = createStore<{ settings: AgentSettings | null }>({ settings: null });
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [outcomes, setOutcomes] = createSignal<Partial<Record<Name, SaveOutcome>>>({});

  const show = (settings: AgentSettings): void => {
    setStore('settings', reconcile(settings));
    setFailure(null);
    // For a page that is opened while the Mac is away.
    void write('values', rememberedKey, settings);
  };

  const reload = async (): Promise<void> => {
    try {
      show(await api.settings.get.query());
    } catch (error) {
      // The link comes back by itself, and the settings with it.
      if (!isConnectionLoss(error)) setFailure(toFailure(error, 'The settings could not be fetched.'));
    }
  };

  const note = (name: Name, outcome: SaveOutcome): void => {
    setOutcomes((present) => ({ ...present, [name]: outcome }));
  };

  const save = async <N extends Name>(
    name: N,
    value: AgentSettings[N],
    shown: AgentSettings[N],
  ): Promise<void> => {
    note(name, { kind: 'saving' });
    try {
      const stored = await api.settings.get.query();
      const outcome = saveOutcome({ shown, stored: stored[name], wanted: value });
      show(outcome.kind === 'conflict' ? stored : await api.settings.update.mutate({ [name]: value }));
      note(name, outcome);
    } catch (error) {
      note(name, { kind: 'failed', failure: toFailure(error, 'It was not saved.') });
    }
  };

  const lookAgain = (): void => {
    if (document.visibilityState === 'visible' && isConnected()) void reload();
  };
  document.addEventListener('visibilitychange', lookAgain);
  onCleanup(() => document.removeEventListener('visibilitychange', lookAgain));
  createEffect(on(isConnected, lookAgain));
  void read<AgentSettings>('values', rememberedKey).then((remembered) => {
    if (remembered !== undefined && store.settings === null) setStore('settings', remembered);
  });

  return { settings: () => store.settings, failure, outcomeOf: (name) => outcomes()[name], save, reload };
}

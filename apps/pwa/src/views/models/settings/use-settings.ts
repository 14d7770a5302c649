import type { LoadPlan } from '@impetus/contracts/memory';
import type { ModelEntry } from '@impetus/contracts/models';
import type { IdleUnload, ModelSettings } from '@impetus/contracts/model-settings';
import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js';
import { api } from '../../../api/client.ts';
import { toFailure, type Failure } from '../../../api/failure.ts';
import { announce } from '../../../state/announcer.ts';
import { connection, isConnected } from '../../../state/connection.ts';
import {
  changeSettings,
  fetchSettings,
  saveSettings,
  settingsDraft,
  storedSettings,
} from '../../../state/model-settings.ts';
import type { SettingsDraft } from '../../../state/settings-draft.ts';
import { changedSettings, memorySettings, readDraft } from '../../../state/settings-parse.ts';
import { planModel, usePlan, type PlanState } from '../../../state/use-plan.ts';

/** What holds where nothing was chosen, as far as the Mac says; null while that is not known. */
export interface SettingDefaults {
  readonly held: Pick<LoadPlan, 'contextSize' | 'sequences'> | null;
  readonly idleUnload: IdleUnload | null;
}

/** The fields of a model's settings and all that follows from them. */
export interface SettingsForm {
  readonly model: ModelEntry;
  readonly draft: Accessor<SettingsDraft>;
  readonly errors: Accessor<ReturnType<typeof readDraft>['errors']>;
  readonly defaults: Accessor<SettingDefaults>;
  readonly change: (some: Partial<SettingsDraft>) => void;
  /** What would be saved now. */
  readonly changes: Accessor<Partial<ModelSettings>>;
  /** What loading would do with what stands in the fields. */
  readonly load: PlanState;
  /** Why the last attempt to save failed. */
  readonly failure: Accessor<Failure | null>;
  readonly saving: Accessor<boolean>;
  readonly save: () => Promise<void>;
}

/** Fetches a model's settings, now and whenever the Mac is back; null while there are none to show. */
export function useSettings(model: Accessor<ModelEntry>): {
  readonly form: Accessor<SettingsForm | null>;
  readonly failure: Accessor<Failure | null>;
  readonly tryAgain: () => void;
} {
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const id = createMemo(() => model().id);
  const fetch = async (): Promise<void> => {
    try {
      await fetchSettings(id());
      setFailure(null);
    } catch (error) {
      setFailure(toFailure(error, 'The settings could not be fetched.'));
    }
  };
  createEffect(
    on([id, () => connection().kind], ([, kind]) => {
      // A short interruption is no failure yet.
      if (kind !== 'reconnecting') void fetch();
    }),
  );
  const known = createMemo(() => settingsDraft(id()) !== undefined);
  const form = createMemo(() => (known() ? makeForm(model(), id) : null));
  return { form, failure, tryAgain: () => void fetch() };
}

function makeForm(model: ModelEntry, id: Accessor<string>): SettingsForm {
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [saving, setSaving] = createSignal(false);
  const draft = createMemo(() => settingsDraft(id()) as SettingsDraft);
  const read = createMemo(() => readDraft(draft()));
  const changes = createMemo(() => {
    const stored = storedSettings(id());
    return stored === undefined ? {} : changedSettings(stored, read().settings);
  });
  /** Undefined where nothing is unsaved: then the plan is of the model as it is held. */
  const unsavedMemory = (): Partial<ModelSettings> | undefined => {
    const unsaved = memorySettings(changes());
    return Object.keys(unsaved).length === 0 ? undefined : unsaved;
  };
  const save = async (): Promise<void> => {
    setSaving(true);
    try {
      await saveSettings(id(), changes());
      setFailure(null);
      announce(`The settings of ${model.name} are saved.`);
    } catch (error) {
      setFailure(toFailure(error, 'The settings were not saved.'));
    }
    setSaving(false);
  };
  return {
    model,
    draft,
    errors: () => read().errors,
    defaults: useDefaults(id),
    change: (some) => {
      setFailure(null);
      changeSettings(id(), some);
    },
    changes,
    load: usePlan(id, unsavedMemory),
    failure,
    saving,
    save,
  };
}

/** Asked once: they follow from the machine and the model, not from what stands in the fields. */
function useDefaults(id: Accessor<string>): Accessor<SettingDefaults> {
  const [defaults, setDefaults] = createSignal<SettingDefaults>({ held: null, idleUnload: null });
  createEffect(
    on([id, isConnected], async () => {
      if (!isConnected()) return;
      const [held, agent] = await Promise.allSettled([
        planModel(id(), { contextSize: null, sequences: null }),
        api.settings.get.query(),
      ]);
      setDefaults({
        held: held.status === 'fulfilled' ? held.value : null,
        idleUnload: agent.status === 'fulfilled' ? agent.value.idleUnload : null,
      });
    }),
  );
  return defaults;
}

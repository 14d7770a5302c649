import type { ModelSettings } from '@impetus/contracts/model-settings';
import { createStore, reconcile } from 'solid-js/store';
import { api } from '../api/client.ts';
import { findRunner } from './agent-state.ts';
import { sameDraft, toDraft, type SettingsDraft } from './settings-draft.ts';

/** The settings of one model: as the agent has them, and as they stand in the fields. */
interface Entry {
  readonly stored: ModelSettings;
  readonly draft: SettingsDraft;
  /** When the runner became ready that does not follow these settings yet. */
  readonly outdated: string | null;
}

const [entries, setEntries] = createStore<Record<string, Entry>>({});

function put(id: string, entry: Entry): void {
  setEntries(id, reconcile(entry));
}

export function storedSettings(id: string): ModelSettings | undefined {
  return entries[id]?.stored;
}

/** What stands in the fields; it outlives the view, so that nothing that was typed is lost by closing it. */
export function settingsDraft(id: string): SettingsDraft | undefined {
  return entries[id]?.draft;
}

export function hasUnsavedSettings(id: string): boolean {
  const entry = entries[id];
  return entry !== undefined && !sameDraft(entry.draft, toDraft(entry.stored));
}

/** Whether the model is loaded with settings from before the last change. */
export function needsReload(id: string): boolean {
  const outdated = entries[id]?.outdated ?? null;
  return outdated !== null && findRunner(id)?.readyAt === outdated;
}

/** Fetches what the agent has; what was changed here and is not saved stays. */
export async function fetchSettings(id: string): Promise<void> {
  const unsaved = hasUnsavedSettings(id);
  const stored = await api.models.settings.query({ id });
  const { draft = toDraft(stored), outdated = null } = entries[id] ?? {};
  put(id, { stored, draft: unsaved ? draft : toDraft(stored), outdated });
}

export function changeSettings(id: string, some: Partial<SettingsDraft>): void {
  const entry = entries[id];
  if (entry !== undefined) put(id, { ...entry, draft: { ...entry.draft, ...some } });
}

export function discardSettings(id: string): void {
  const entry = entries[id];
  if (entry !== undefined) put(id, { ...entry, draft: toDraft(entry.stored) });
}

/** Has the agent keep what changed. Throws what the agent refused. */
export async function saveSettings(id: string, changes: Partial<ModelSettings>): Promise<void> {
  const { settings, reloadNeeded } = await api.models.updateSettings.mutate({ id, settings: changes });
  const outdated = reloadNeeded ? (findRunner(id)?.readyAt ?? null) : (entries[id]?.outdated ?? null);
  put(id, { stored: settings, draft: toDraft(settings), outdated });
}

/** The browser asks before a page with unsaved settings is left for good. */
addEventListener('beforeunload', (event) => {
  if (Object.keys(entries).some(hasUnsavedSettings)) event.preventDefault();
});

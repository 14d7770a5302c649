import type { Scope } from '@impetus/contracts/scope-list';
import { api } from '../api/client.ts';
import { isConnectionLoss, toFailure } from '../api/failure.ts';
import { macName, modelName } from './agent-state.ts';
import { announce } from './announcer.ts';
import { isConnected } from './connection.ts';
import { forbiddenReason } from './rights.ts';
import { showToast } from './toasts.ts';

/** Why nothing can be asked of the Mac just now; null while it can. */
export function awayReason(): string | null {
  return isConnected() ? null : `${macName()} is not connected.`;
}

/** Why this cannot be asked of the Mac by this device just now; null where it can. */
export function reasonAgainst(scope: Scope): string | null {
  return awayReason() ?? forbiddenReason(scope);
}

/** Does something, and says what did not happen where it fails. Answers whether it did. */
export async function attempt(what: string, act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    const { why, remedy } = toFailure(error, what);
    // A command that was sent before the link was lost may well be under way: the state tells.
    const unsure = isConnectionLoss(error) && isConnected();
    showToast([unsure ? 'The connection was lost on the way.' : what, why, remedy].filter(Boolean).join(' '));
    return false;
  }
}

/** Begins to load a model; its runner's state tells how that goes. */
export function loadModel(id: string): Promise<boolean> {
  return attempt(`${modelName(id)} was not loaded.`, () => api.models.load.mutate({ id, wait: false }));
}

/** Gives a model's memory back; `now` ends what it is writing. */
export function unloadModel(id: string, now = false): Promise<boolean> {
  return attempt(`${modelName(id)} was not unloaded.`, () => api.models.unload.mutate({ id, now }));
}

/** Makes a model the one that new conversations start with, and begins to load it. */
export function switchToModel(id: string): Promise<boolean> {
  return attempt(`${macName()} did not switch to ${modelName(id)}.`, () =>
    api.models.switchTo.mutate({ id, wait: false }),
  );
}

/** Unloads a model when it has finished what it does, and begins to load it again with the settings of now. */
export function reloadModel(id: string): Promise<boolean> {
  return attempt(`${modelName(id)} was not loaded again.`, async () => {
    await api.models.unload.mutate({ id });
    await api.models.load.mutate({ id, wait: false });
  });
}

/** Gives the memory of all models back; `now` ends what they are writing. */
export function unloadAllModels(now = false): Promise<boolean> {
  return attempt('The models were not unloaded.', () => api.models.unloadAll.mutate({ now }));
}

/** Ends every answer that is written or waits, whoever asked for it; models stay loaded. */
export function stopAllGeneration(): Promise<boolean> {
  return attempt('The answers were not stopped.', async () => {
    const { stopped } = await api.models.stopGeneration.mutate();
    announce(stopped === 1 ? 'One answer was stopped.' : `${stopped} answers were stopped.`);
  });
}

/** Keeps a context size for a model, and begins to load it. */
export function loadWithContext(id: string, contextSize: number): Promise<boolean> {
  return attempt(`${modelName(id)} was not loaded.`, async () => {
    await api.models.updateSettings.mutate({ id, settings: { contextSize } });
    await api.models.load.mutate({ id, wait: false });
  });
}

export function setDefaultModel(id: string | null): Promise<boolean> {
  return attempt('The default model was not changed.', () => api.models.setDefault.mutate({ id }));
}

/** Has the agent read the models folder again. */
export function rescanModels(): Promise<boolean> {
  return attempt('The models folder was not read.', () => api.models.rescan.mutate());
}

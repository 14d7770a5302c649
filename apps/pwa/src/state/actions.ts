import { api } from '../api/client.ts';
import { isConnectionLoss, toFailure } from '../api/failure.ts';
import { macName, modelName } from './agent-state.ts';
import { isConnected } from './connection.ts';
import { showToast } from './toasts.ts';

/** Why nothing can be asked of the Mac just now; null while it can. */
export function awayReason(): string | null {
  return isConnected() ? null : `${macName()} is not connected.`;
}

async function attempt(what: string, act: () => Promise<unknown>): Promise<boolean> {
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

export function setDefaultModel(id: string | null): Promise<boolean> {
  return attempt('The default model was not changed.', () => api.models.setDefault.mutate({ id }));
}

/** Has the agent read the models folder again. */
export function rescanModels(): Promise<boolean> {
  return attempt('The models folder was not read.', () => api.models.rescan.mutate());
}

import type { LoadPlan } from '@impetus/contracts/memory';
import { createSignal } from 'solid-js';
import { loadModel, loadWithContext, setDefaultModel, switchToModel } from './actions.ts';
import { isPlain } from './load-plan.ts';
import { planModel } from './use-plan.ts';

/** A model that someone wants loaded, and that takes something from another: it is asked about first. */
export interface LoadWish {
  readonly modelId: string;
  /** Whether it becomes the default as well. */
  readonly makeDefault: boolean;
  readonly plan: LoadPlan;
}

const [wish, setWish] = createSignal<LoadWish | null>(null);
const [looking, setLooking] = createSignal<readonly string[]>([]);

/** What is being asked about; null where nothing is. */
export const loadWish = wish;

/** The models of which is being found out whether they fit. */
export const lookedAt = looking;

/** Loads a model at once where that takes nothing from anybody; asks first where it does. */
export async function wantModel(modelId: string, makeDefault = false): Promise<void> {
  setLooking((before) => [...before, modelId]);
  const plan = await planOrNull(modelId);
  setLooking((before) => before.filter((id) => id !== modelId));
  // Without a plan the agent itself decides, and says why where it refuses.
  if (plan === null || isPlain(plan)) await carryOut(modelId, makeDefault, null);
  else setWish({ modelId, makeDefault, plan });
}

/** Loads a model as it was agreed; `contextSize` is applied first where there is one. */
export async function carryOut(
  modelId: string,
  makeDefault: boolean,
  contextSize: number | null,
): Promise<void> {
  if (contextSize === null) await (makeDefault ? switchToModel(modelId) : loadModel(modelId));
  else if (await loadWithContext(modelId, contextSize)) {
    if (makeDefault) await setDefaultModel(modelId);
  }
}

export function forgetWish(): void {
  setWish(null);
}

async function planOrNull(modelId: string): Promise<LoadPlan | null> {
  try {
    return await planModel(modelId);
  } catch {
    return null;
  }
}

import type { RemovalResult } from '@impetus/contracts';
import type { Services } from '../services.ts';

export interface RemoveModels {
  /** Of the plan that was shown. */
  readonly token: string;
  /** Without it, a loaded model is refused. */
  readonly unload: boolean;
}

/** Removes what a plan names. A loaded model goes out of memory first, where that was chosen; its requests finish. */
export async function removeModels(
  { library, inference }: Pick<Services, 'library' | 'inference'>,
  { token, unload }: RemoveModels,
): Promise<RemovalResult> {
  if (unload) {
    const { models } = await library.planOf(token);
    const loaded = models.filter((model) => model.loaded && model.refusal === null);
    for (const { id } of loaded) await inference.unload(id);
  }
  return library.remove(token);
}

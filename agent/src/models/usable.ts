import { ImpetusError, type ModelEntry } from '@impetus/contracts';
import type { ModelCatalogue } from './types.ts';

/** The model of this name. Throws `model_not_found` for an unknown one, `model_unusable` for one that cannot run. */
export function requireUsable(catalogue: Pick<ModelCatalogue, 'require'>, name: string): ModelEntry {
  const entry = catalogue.require(name);
  if (entry.problem === null) return entry;
  throw new ImpetusError(
    'model_unusable',
    [`${entry.name} cannot be loaded.`, entry.problem, entry.whatToDo].filter(Boolean).join(' '),
    {
      param: 'model',
    },
  );
}

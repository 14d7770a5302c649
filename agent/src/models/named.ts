import type { ModelEntry } from '@impetus/contracts';
import { defaultModelAlias, listedNames } from './settings/aliases.ts';

/** A model by one of the names that a request may use. */
export interface NamedModel {
  readonly name: string;
  readonly entry: ModelEntry;
}

/** The models that can answer, by each of their names; the default model by that name last. */
export function namedModels(
  entries: readonly ModelEntry[],
  defaultModel: string | null,
): readonly NamedModel[] {
  const usable = entries.filter(({ problem }) => problem === null);
  return [
    ...usable.flatMap((entry) => listedNames(entry).map((name) => ({ name, entry }))),
    ...usable.filter(({ id }) => id === defaultModel).map((entry) => ({ name: defaultModelAlias, entry })),
  ];
}

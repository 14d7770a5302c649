import type { ModelEntry } from '@impetus/contracts';
import { defaultModelAlias } from './settings/aliases.ts';

export interface AnsweringName {
  readonly name: string;
  readonly entry: ModelEntry;
}

/** Every name under which a model can answer: ids, aliases, and the name of the default model. */
export function answeringNames(
  models: readonly ModelEntry[],
  defaultModel: string | null,
): readonly AnsweringName[] {
  const usable = models.filter(({ problem }) => problem === null);
  return [
    ...usable.flatMap((entry) => [entry.id, ...entry.aliases].map((name) => ({ name, entry }))),
    ...usable.filter(({ id }) => id === defaultModel).map((entry) => ({ name: defaultModelAlias, entry })),
  ];
}

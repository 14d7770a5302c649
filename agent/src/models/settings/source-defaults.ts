import type { ModelSettings, SourceFacts } from '@impetus/contracts';

type Defaults = Pick<ModelSettings, 'sampling' | 'systemPrompt'> & { readonly stop: readonly string[] };

/** What the owner chose, over what another program kept with the model. */
export function withSourceDefaults(
  { sampling, systemPrompt }: Pick<ModelSettings, 'sampling' | 'systemPrompt'>,
  facts: SourceFacts | null,
): Defaults {
  return {
    sampling: { ...facts?.sampling, ...sampling },
    systemPrompt: systemPrompt ?? facts?.system ?? null,
    stop: facts?.stop ?? [],
  };
}

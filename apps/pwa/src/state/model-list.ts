import type { ModelEntry, ModelKind } from '@impetus/contracts/models';

/** Models under one heading. */
export interface ModelGroup {
  readonly heading: string;
  readonly models: readonly ModelEntry[];
}

const headings: Record<ModelKind, string> = {
  chat: 'Chat',
  completion: 'Completion',
  embedding: 'Embedding',
  rerank: 'Reranking',
  other: 'Other',
};
const unusable = 'Cannot be loaded';
const order = [
  headings.chat,
  headings.completion,
  headings.embedding,
  headings.rerank,
  headings.other,
  unusable,
];

/** What a kind of model is for, in a word. */
export function kindName(kind: ModelKind): string {
  return headings[kind];
}

/** Models by what they are for, by name within; loading one moves nothing. */
export function groupModels(models: readonly ModelEntry[]): readonly ModelGroup[] {
  const byHeading = Map.groupBy(models, ({ kind, problem }) =>
    problem === null ? headings[kind] : unusable,
  );
  return order.flatMap((heading) => {
    const found = byHeading.get(heading);
    return found === undefined ? [] : [{ heading, models: found.toSorted(byName) }];
  });
}

const collator = new Intl.Collator('en', { numeric: true });

function byName(a: ModelEntry, b: ModelEntry): number {
  return collator.compare(a.name, b.name);
}

/** The models in which every word of a search occurs, wherever. */
export function searchModels(models: readonly ModelEntry[], search: string): readonly ModelEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return models;
  return models.filter((model) => {
    const { name, id, architecture, quant, kind } = model;
    const text = [name, id, architecture, quant, kind].filter(Boolean).join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

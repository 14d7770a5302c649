import { isLikelyToFit, type ModelEntry, type ModelPage, type ModelQuery } from '@impetus/contracts';

/** What of the agent's state a query may ask for. */
export interface QueryState {
  readonly isLoaded: (modelId: string) => boolean;
  /** What all models may take together, in bytes. */
  readonly limitBytes: number;
}

const collator = new Intl.Collator('en', { numeric: true });

/** One page of the models that a query means, in its order. */
export function queryModels(models: readonly ModelEntry[], query: ModelQuery, state: QueryState): ModelPage {
  const words = (query.search ?? '').toLowerCase().split(/\s+/u).filter(Boolean);
  const matching = models.filter((model) => matches(model, query, state) && hasWords(model, words));
  const sorted = matching.toSorted(ordering(query));
  return { models: sorted.slice(query.offset, query.offset + query.limit), total: matching.length };
}

function matches(model: ModelEntry, query: ModelQuery, { isLoaded, limitBytes }: QueryState): boolean {
  const { favourite, loaded, fits, usable, minBytes = 0, maxBytes = Infinity } = query;
  return (
    isOneOf(query.formats, model.format) &&
    isOneOf(query.sources, model.source) &&
    isOneOf(query.families, model.family) &&
    isOneOf(query.quants, model.quant) &&
    (query.capabilities ?? []).every((capability) => model.capabilities.includes(capability)) &&
    (query.tags ?? []).every((tag) => model.tags.includes(tag)) &&
    is(favourite, model.favourite) &&
    (loaded === undefined || loaded === isLoaded(model.id)) &&
    is(fits, isLikelyToFit(model, limitBytes)) &&
    is(usable, model.problem === null) &&
    model.sizeBytes >= minBytes &&
    model.sizeBytes <= maxBytes
  );
}

function is(wanted: boolean | undefined, value: boolean): boolean {
  return wanted === undefined || wanted === value;
}

function isOneOf<T>(wanted: readonly T[] | undefined, value: T | null): boolean {
  return wanted === undefined || wanted.length === 0 || (value !== null && wanted.includes(value));
}

function hasWords(model: ModelEntry, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { name, id, family, architecture, quant, kind, origin, tags, aliases, licence } = model;
  const fields = [name, id, family, architecture, quant, kind, origin?.repo, licence, ...tags, ...aliases];
  const text = fields.filter(Boolean).join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

type Compare = (a: ModelEntry, b: ModelEntry) => number;

const orders: Readonly<Record<ModelQuery['sort'], Compare>> = {
  name: (a, b) => collator.compare(a.name, b.name),
  size: (a, b) => a.sizeBytes - b.sizeBytes,
  modified: (a, b) => (a.modifiedAt < b.modifiedAt ? -1 : Number(a.modifiedAt > b.modifiedAt)),
  parameters: (a, b) => (a.parameters ?? 0) - (b.parameters ?? 0),
  context: (a, b) => (a.contextLength ?? 0) - (b.contextLength ?? 0),
  family: (a, b) => collator.compare(a.family ?? '', b.family ?? ''),
  quant: (a, b) => collator.compare(a.quant ?? '', b.quant ?? ''),
};

/** Equals are ordered by id, so that pages never show a model twice. */
function ordering({ sort, descending }: ModelQuery): Compare {
  const compare = orders[sort];
  return (a, b) => (descending ? compare(b, a) : compare(a, b)) || (a.id < b.id ? -1 : 1);
}

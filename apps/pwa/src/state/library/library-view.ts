import type { ModelEntry } from '@impetus/contracts/models';
import { compareValues, facets, valuesOf, type Facet, type Situation } from './facets.ts';
import { kindNames } from './words.ts';

export const librarySorts = [
  'purpose',
  'name',
  'size',
  'parameters',
  'context',
  'changed',
  'family',
] as const;
export type LibrarySort = (typeof librarySorts)[number];

/** Which models are shown. Of one facet any value will do, of several each has to. */
export interface LibraryFilter {
  readonly search: string;
  readonly chosen: Readonly<Partial<Record<Facet, readonly string[]>>>;
}

export const everyModel: LibraryFilter = { search: '', chosen: {} };

/** Models under one heading; without one where the order needs none. */
export interface ModelGroup {
  readonly heading: string | null;
  readonly ids: readonly string[];
}

/** A model with what it is searched by, written down once. */
export interface IndexedModel {
  readonly model: ModelEntry;
  readonly text: string;
}

export function indexModel(model: ModelEntry): IndexedModel {
  const { name, id, family, architecture, quant, kind, tags, aliases, origin } = model;
  const words = [name, id, family, architecture, quant, kindNames[kind], origin?.repo, ...tags, ...aliases];
  return { model, text: words.filter(Boolean).join(' ').toLowerCase() };
}

/** The models in which every word of the search occurs, and which are what was chosen. */
export function filterModels(
  models: readonly IndexedModel[],
  { search, chosen }: LibraryFilter,
  situation: Situation,
): readonly ModelEntry[] {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  const wanted = facets.flatMap((facet) => {
    const values = chosen[facet] ?? [];
    return values.length === 0 ? [] : [{ facet, values }];
  });
  return models
    .filter(
      ({ model, text }) =>
        words.every((word) => text.includes(word)) &&
        wanted.every(({ facet, values }) => {
          const own = valuesOf(model, facet, situation);
          return values.some((value) => own.includes(value));
        }),
    )
    .map(({ model }) => model);
}

const collator = new Intl.Collator('en', { numeric: true });
type Compare = (a: ModelEntry, b: ModelEntry) => number;

const byName: Compare = (a, b) => collator.compare(a.name, b.name);
/** The largest first; what has no number comes last. */
const byNumber =
  (number: (model: ModelEntry) => number | null): Compare =>
  (a, b) =>
    (number(b) ?? -1) - (number(a) ?? -1);

const compares: Readonly<Record<Exclude<LibrarySort, 'purpose'>, Compare>> = {
  name: byName,
  size: byNumber(({ sizeBytes }) => sizeBytes),
  parameters: byNumber(({ parameters }) => parameters),
  context: byNumber(({ contextLength }) => contextLength),
  changed: (a, b) => b.modifiedAt.localeCompare(a.modifiedAt),
  family: (a, b) => collator.compare(a.family ?? '\uFFFF', b.family ?? '\uFFFF'),
};

const unusable = 'Cannot be loaded';
const headings = [...Object.values(kindNames), unusable];

/** Models in order. By purpose they stand under headings, the favourites first among their like. */
export function sortModels(models: readonly ModelEntry[], sort: LibrarySort): readonly ModelGroup[] {
  const ids = (sorted: readonly ModelEntry[]): readonly string[] => sorted.map(({ id }) => id);
  if (sort !== 'purpose') {
    const compare = compares[sort];
    return [{ heading: null, ids: ids(models.toSorted((a, b) => compare(a, b) || byName(a, b))) }];
  }
  const byHeading = Map.groupBy(models, ({ kind, problem }) =>
    problem === null ? kindNames[kind] : unusable,
  );
  return headings.flatMap((heading) => {
    const found = byHeading.get(heading);
    if (found === undefined) return [];
    const sorted = found.toSorted((a, b) => Number(b.favourite) - Number(a.favourite) || byName(a, b));
    return [{ heading, ids: ids(sorted) }];
  });
}

/** What there is to choose from, with how many models are each; what was chosen stays on offer. */
export function facetChoices(
  models: readonly IndexedModel[],
  facet: Facet,
  { chosen }: LibraryFilter,
  situation: Situation,
): readonly { readonly value: string; readonly count: number }[] {
  const counts = new Map((chosen[facet] ?? []).map((value) => [value, 0]));
  for (const { model } of models) {
    for (const value of valuesOf(model, facet, situation)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => compareValues(facet, a.value, b.value));
}

/** A filter with one value of a facet taken in, or out again. */
export function toggleFacet(filter: LibraryFilter, facet: Facet, value: string): LibraryFilter {
  const before = filter.chosen[facet] ?? [];
  const values = before.includes(value) ? before.filter((other) => other !== value) : [...before, value];
  return { ...filter, chosen: { ...filter.chosen, [facet]: values } };
}

/** All that was chosen, one by one. */
export function chosenFacets({
  chosen,
}: LibraryFilter): readonly { readonly facet: Facet; readonly value: string }[] {
  return facets.flatMap((facet) => (chosen[facet] ?? []).map((value) => ({ facet, value })));
}

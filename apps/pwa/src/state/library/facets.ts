import { isLikelyToFit } from '@impetus/contracts/likely-fit';
import type { ModelEntry } from '@impetus/contracts/models';
import { capabilityNames, formatNames, sourceNames } from './words.ts';

/** By what a list of models is narrowed. */
export const facets = ['state', 'capability', 'quant', 'size', 'format', 'source', 'family', 'tag'] as const;
export type Facet = (typeof facets)[number];

export const facetNames: Readonly<Record<Facet, string>> = {
  state: 'State',
  capability: 'Can do',
  quant: 'Quant',
  size: 'Size',
  format: 'Format',
  source: 'Where it lies',
  family: 'Family',
  tag: 'Tag',
};

/** What of the Mac decides whether a model counts as loaded, or fits. */
export interface Situation {
  readonly loaded: ReadonlySet<string>;
  /** What models may take together, in bytes; null while that is not known. */
  readonly limitBytes: number | null;
}

const sizes = [
  { value: 'small', label: 'Under 1 GB', below: 1e9 },
  { value: 'medium', label: '1 to 5 GB', below: 5e9 },
  { value: 'large', label: '5 to 15 GB', below: 15e9 },
  { value: 'huge', label: '15 GB and more', below: Infinity },
] as const;

const stateNames: Readonly<Record<string, string>> = {
  loaded: 'Loaded',
  fits: 'Fits',
  favourite: 'Favourite',
  problem: 'Cannot be loaded',
};

/** What a model is, by one facet. */
export function valuesOf(model: ModelEntry, facet: Facet, situation: Situation): readonly string[] {
  switch (facet) {
    case 'state':
      return [
        ...(situation.loaded.has(model.id) ? ['loaded'] : []),
        ...(isLikelyToFit(model, situation.limitBytes) ? ['fits'] : []),
        ...(model.favourite ? ['favourite'] : []),
        ...(model.problem === null ? [] : ['problem']),
      ];
    case 'capability':
      return model.capabilities;
    case 'quant':
      return model.quant === null ? [] : [model.quant];
    case 'size':
      return [sizes.find(({ below }) => model.sizeBytes < below)?.value ?? 'huge'];
    case 'format':
      return [model.format];
    case 'source':
      return [model.source];
    case 'family':
      return model.family === null ? [] : [model.family];
    case 'tag':
      return model.tags;
  }
}

const labels: Partial<Record<Facet, Readonly<Record<string, string>>>> = {
  state: stateNames,
  capability: capabilityNames,
  format: formatNames,
  source: sourceNames,
  size: Object.fromEntries(sizes.map(({ value, label }) => [value, label])),
};

export function facetLabel(facet: Facet, value: string): string {
  return labels[facet]?.[value] ?? value;
}

const collator = new Intl.Collator('en', { numeric: true });

/** In the order that a facet has by itself, else by name. */
export function compareValues(facet: Facet, a: string, b: string): number {
  const order = Object.keys(labels[facet] ?? {});
  return order.indexOf(a) - order.indexOf(b) || collator.compare(a, b);
}

import type { Labels } from './format.ts';

/** One value for each set of labels that was ever met. */
export class LabelledValues<T> {
  readonly #values = new Map<string, { readonly labels: Labels; readonly value: T }>();
  readonly #create: () => T;

  constructor(create: () => T) {
    this.#create = create;
  }

  of(labels: Labels): T {
    const key = JSON.stringify(labels);
    const known = this.#values.get(key);
    if (known !== undefined) return known.value;
    const value = this.#create();
    this.#values.set(key, { labels, value });
    return value;
  }

  all(): { readonly labels: Labels; readonly value: T }[] {
    return [...this.#values.values()];
  }
}

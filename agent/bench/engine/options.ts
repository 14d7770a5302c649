import { parseArgs } from 'node:util';
import { measures } from './measures/index.ts';
import { modelSizes, type ModelSize } from './models/shape.ts';

export interface Options {
  readonly models: readonly ModelSize[];
  /** Names of measures. */
  readonly only: readonly string[];
  /** Overrides each measure's own number. */
  readonly rounds: number | null;
}

export const usage = `Usage: npm run bench:engine -- [--model 15m,135m,0.5b] [--only <measure>,…] [--rounds <number>]
Measures: ${measures.map(({ name }) => name).join(', ')}`;

/** Throws an error with the usage where something is not understood. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { model: { type: 'string' }, only: { type: 'string' }, rounds: { type: 'string' } },
  });
  const names = measures.map(({ name }) => name);
  return {
    models: listed('model', values.model, modelSizes),
    only: listed('only', values.only, names),
    rounds: values.rounds === undefined ? null : wholeNumber(values.rounds),
  };
}

/** Nothing listed is everything; a name's beginning stands for all that begin so. */
function listed<T extends string>(
  option: string,
  list: string | undefined,
  known: readonly T[],
): readonly T[] {
  if (list === undefined) return known;
  const wanted = list.split(',');
  const stranger = wanted.find((word) => !known.some((name) => name.startsWith(word)));
  if (stranger !== undefined) throw new Error(`--${option} does not know "${stranger}".\n${usage}`);
  return known.filter((name) => wanted.some((word) => name.startsWith(word)));
}

function wholeNumber(value: string): number {
  if (/^[1-9]\d*$/u.test(value)) return Number(value);
  throw new Error(`--rounds must be a whole number from 1.\n${usage}`);
}

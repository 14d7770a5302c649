import type { ModelSize } from '../models/shape.ts';
import type { Random } from '../random.ts';
import type { Layout, Server } from '../servers/server.ts';

/** What has to be reached: a bound of the ratio, or one of our own value. */
export interface Target {
  readonly of: 'ratio' | 'ours';
  readonly bound: 'at least' | 'at most';
  readonly value: number;
}

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly unit: 'tokens/s' | 'ms' | 's' | 'tokens';
  /** `speed` is above one where ours is better, `share` below: our part of what theirs takes. */
  readonly ratio: 'speed' | 'share';
  readonly target?: Partial<Readonly<Record<ModelSize, Target>>>;
}

/** Something that is done with one server, then with the other, on the same input. */
export interface Measure<Name extends string = string> {
  readonly name: Name;
  readonly layout: Layout;
  readonly rows: readonly Row[];
  /** How often each server does it; 0: not at this size, where it would take too long. */
  readonly rounds: Readonly<Record<ModelSize, number>>;
  /** Answers a value for each row. `random` begins alike for both servers and anew in each round. */
  run(server: Server, random: Random): Promise<readonly number[]>;
}

/** Eight streams, and room for the longest prompt beside its answer. */
export const eightSequences: Layout = { sequences: 8, contextSize: 4_096 };

export function ratioOf({ unit, ratio }: Row, ours: number, theirs: number): number {
  const more = unit === 'tokens/s';
  return (ratio === 'speed') === more ? ours / theirs : theirs / ours;
}

/** The same target for every size. */
export function everySize(target: Target): Readonly<Record<ModelSize, Target>> {
  return { '15m': target, '135m': target, '0.5b': target };
}

export function ratioAtLeast(value: number): Target {
  return { of: 'ratio', bound: 'at least', value };
}

export function ratioAtMost(value: number): Target {
  return { of: 'ratio', bound: 'at most', value };
}

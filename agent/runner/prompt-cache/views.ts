import { commonPrefixLength } from '../plan.ts';
import type { PlaceView, StateView } from './admission.ts';

/** A place as it is, whoever asks. */
export interface Holding {
  readonly id: number;
  readonly free: boolean;
  /** What it holds; in a place at work, the prompt that it reads. */
  readonly tokens: ArrayLike<number>;
  /** How many of these tokens have been evaluated. */
  readonly held: number;
  readonly usedAt: number;
  /** Nothing in it prevents a copy now. */
  readonly movable: boolean;
}

export interface StoredTokens {
  readonly id: string;
  readonly tokens: Uint32Array;
}

/** What this model's memory can do. */
export interface Abilities {
  /** The beginning of a copy can be used without its end. */
  readonly cuts: boolean;
  /** How much of `common` tokens a place can keep when the rest of its history is cut. */
  readonly keepable: (id: number, common: number) => number;
}

/** The places as a prompt sees them. */
export function viewPlaces(
  prompt: readonly number[],
  places: readonly Holding[],
  states: readonly StoredTokens[],
  abilities: Abilities,
): PlaceView[] {
  return places.map((place) => {
    const { id, free, held, usedAt, movable } = place;
    const alike = usable(prompt, place.tokens);
    const common = Math.min(alike, held);
    return {
      id,
      free,
      held,
      usedAt,
      common: free ? abilities.keepable(id, common) : common,
      copyable: movable ? copied(common, held, abilities) : 0,
      coming: free || !movable || !abilities.cuts ? 0 : alike,
      only: free ? onlyIn(place, places, states) : held,
    };
  });
}

/** The states on disk as a prompt sees them, without those that a sequence of this size cannot take. */
export function viewStates(
  prompt: readonly number[],
  states: readonly StoredTokens[],
  contextSize: number,
  abilities: Abilities,
): StateView[] {
  return states
    .filter(({ tokens }) => tokens.length < contextSize)
    .map(({ id, tokens }) => ({
      id,
      held: tokens.length,
      common: copied(usable(prompt, tokens), tokens.length, abilities),
    }));
}

/** The last token of a prompt is always evaluated: without it there is nothing to sample from. */
function usable(prompt: readonly number[], tokens: ArrayLike<number>): number {
  return Math.min(commonPrefixLength(tokens, prompt), prompt.length - 1);
}

function copied(common: number, held: number, { cuts }: Abilities): number {
  return cuts || common === held ? common : 0;
}

/** What of a place's history is found neither in another place nor on disk; in tokens. */
export function onlyIn(
  { id, tokens, held }: Holding,
  places: readonly Holding[],
  states: readonly StoredTokens[],
): number {
  const inPlaces = places
    .filter((other) => other.id !== id)
    .map((other) => Math.min(commonPrefixLength(other.tokens, tokens), other.held));
  const onDisk = states.map((state) => commonPrefixLength(state.tokens, tokens));
  return Math.max(0, held - Math.max(0, ...inPlaces, ...onDisk));
}

/** A place as a prompt that wants in sees it. Lengths in tokens. */
export interface PlaceView {
  readonly id: number;
  /** Nobody works there. */
  readonly free: boolean;
  /** What it holds now. */
  readonly held: number;
  /** What of it the prompt can use: both begin alike so far. Less than the prompt, whose end is always evaluated. */
  readonly common: number;
  /** The same for a copy of it in another place. */
  readonly copyable: number;
  /** What a copy would give once the one who works there has read its own prompt; 0 for a free place. */
  readonly coming: number;
  /** What of its history is found nowhere else, neither in another place nor on disk. */
  readonly only: number;
  /** Grows with each use. */
  readonly usedAt: number;
}

/** A state on disk as a prompt sees it. Lengths in tokens. */
export interface StateView {
  readonly id: string;
  readonly held: number;
  readonly common: number;
}

/** What a prompt goes on from. */
export type Source =
  /** What the place itself holds, if anything. */
  | { readonly kind: 'own' }
  /** A copy of what another place holds. */
  | { readonly kind: 'place'; readonly id: number }
  | { readonly kind: 'state'; readonly id: string };

/** Where a prompt begins, and what it begins with. */
export type Admission =
  /** Another prompt begins alike and is being read: wait until its place holds `until` tokens. */
  | { readonly kind: 'wait'; readonly place: number; readonly until: number }
  | {
      readonly kind: 'begin';
      readonly place: number;
      /** What the place holds is written to disk first. */
      readonly spill: boolean;
      readonly source: Source;
    }
  /** Every place is taken. */
  | { readonly kind: 'full' };

/** What a history is worth when it would be lost; from here on it is written to disk. In tokens. */
export const worthKeeping = 256;

/** A prompt waits for another one that reads at least so many tokens for both. */
export const worthWaiting = 128;

/** A copy, or a state read from disk, takes about as long as so many tokens take to be evaluated. */
const moveCost = 96;

/** Somebody comes back to about half of what is lost. */
const returning = 0.5;

/**
 * llama.cpp joins sequences into one batch only where their ids rise without a gap;
 * each gap between places at work costs every step of theirs another pass over the weights.
 */
const gapCost = 64;

/**
 * Decides where a prompt of `length` tokens begins, by what each way costs in evaluated tokens: those that must be
 * read now, those that may have to be read again because their place was taken, and the moving of histories.
 * `canMove`: histories can be copied and spilled through files.
 */
export function planAdmission(
  length: number,
  places: readonly PlaceView[],
  states: readonly StateView[],
  canMove: boolean,
): Admission {
  const free = places.filter((place) => place.free);
  const busy = places.filter((place) => !place.free);
  const source = canMove ? bestSource(places, states) : null;
  const ways = free.flatMap((place) => waysInto(place, source));
  const leader = busy.toSorted((a, b) => b.coming - a.coming || a.id - b.id)[0];
  const have = Math.max(0, ...ways.map(({ common }) => common));
  if (free.length > 0 && canMove && leader !== undefined && leader.coming - have >= worthWaiting) {
    return { kind: 'wait', place: leader.id, until: leader.coming };
  }
  const taken = busy.map(({ id }) => id);
  const cost = (way: Way) => costOf(way, length, canMove) + gapCost * gapsAdded(taken, way.place.id);
  const best = ways
    .map((way) => ({ ...way, cost: cost(way) }))
    .toSorted((a, b) => a.cost - b.cost || a.place.usedAt - b.place.usedAt || a.place.id - b.place.id)[0];
  if (best === undefined) return { kind: 'full' };
  const spill = canMove && best.lost >= worthKeeping;
  return { kind: 'begin', place: best.place.id, spill, source: best.source };
}

/** One way to begin: in this place, with so much of the prompt, at the loss of so much of the place's history. */
interface Way {
  readonly place: PlaceView;
  readonly source: Source;
  readonly common: number;
  readonly lost: number;
}

function waysInto(place: PlaceView, moved: Moved | null): Way[] {
  const { held, common, only } = place;
  const own: Way = { place, source: { kind: 'own' }, common, lost: Math.min(only, held - common) };
  if (moved === null || moved.common <= common) return [own];
  return [own, { place, source: moved.source, common: moved.common, lost: only }];
}

function costOf({ source, common, lost }: Way, length: number, canMove: boolean): number {
  // What goes to disk is not lost, and costs the same however long it is.
  const loss = canMove ? Math.min(lost, worthKeeping) : lost;
  return length - common + loss * returning + (source.kind === 'own' ? 0 : moveCost);
}

interface Moved {
  readonly source: Source;
  readonly common: number;
}

/** The most of the prompt that can be had by moving, the shortest history among equals; a state before a copy. */
function bestSource(places: readonly PlaceView[], states: readonly StateView[]): Moved | null {
  const candidates = [
    ...states.map(({ id, held, common }) => ({ held, common, source: { kind: 'state', id } as const })),
    ...places.map(({ id, held, copyable }) => ({
      held,
      common: copyable,
      source: { kind: 'place', id } as const,
    })),
  ];
  return candidates.toSorted((a, b) => b.common - a.common || a.held - b.held)[0] ?? null;
}

/** How many more groups of neighbours there are among the places at work once `id` is one of them. */
export function gapsAdded(taken: readonly number[], id: number): number {
  const neighbours = taken.filter((other) => Math.abs(other - id) === 1).length;
  return taken.length === 0 ? 0 : 1 - neighbours;
}

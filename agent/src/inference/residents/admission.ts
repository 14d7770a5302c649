/** A model that holds memory now. */
export interface Holder {
  readonly id: string;
  /** What it holds, or will hold once it is loaded. */
  readonly bytes: number;
  /** It loads, or requests run on it. */
  readonly busy: boolean;
  /** It is on its way out; its memory comes back by itself. */
  readonly leaving: boolean;
  /** Never evicted to make room. */
  readonly pinned: boolean;
  /** Milliseconds of a steady clock. */
  readonly lastUsedAt: number;
}

/** A model that is wanted and has no runner. */
export interface Candidate {
  readonly id: string;
  readonly bytes: number;
  readonly pinned: boolean;
}

export interface Situation {
  readonly holders: readonly Holder[];
  /** First come first. */
  readonly candidates: readonly Candidate[];
  readonly limitBytes: number;
}

/** What becomes of one candidate now. */
export type Verdict =
  | { readonly kind: 'start' }
  /** Unload these, all of them idle; it starts once they are gone. */
  | { readonly kind: 'evict'; readonly ids: readonly string[] }
  /** `forIds` have to finish or go first. `victimIds` will be unloaded then; until then they take nothing that came later. */
  | { readonly kind: 'wait'; readonly forIds: readonly string[]; readonly victimIds: readonly string[] }
  /** It cannot fit, whoever goes: pinned models stay, and leave `roomBytes`. */
  | { readonly kind: 'refuse'; readonly roomBytes: number; readonly pinnedIds: readonly string[] };

/**
 * Decides what each candidate does next, so that no two of them starve or block each other:
 *
 * - First come, first served. An earlier candidate's room is reserved; a later one starts before it only where
 *   both fit, and may wait for it as for any busy model.
 * - Room is made from idle models, least recently used first, and from no more of them than it takes. Where they
 *   are not enough nobody is evicted yet: the same order goes on through the busy ones, and those have to finish.
 * - A model that has to go for another still takes the requests that came before the other was wanted, and no
 *   later ones: those wait for its next turn. So each turn ends, and each request waits for earlier ones alone.
 * - A pinned model never goes.
 */
export function decide({ holders, candidates, limitBytes }: Situation): readonly Verdict[] {
  let taken = sum(holders);
  const going = holders.filter((holder) => holder.leaving);
  let staying: readonly Holder[] = holders.filter((holder) => !holder.leaving);
  return candidates.map((candidate) => {
    const others = staying.filter(({ id }) => id !== candidate.id);
    const pinned = others.filter((holder) => holder.pinned);
    const roomBytes = Math.max(0, limitBytes - sum(pinned));
    if (candidate.bytes > roomBytes) {
      return { kind: 'refuse', roomBytes, pinnedIds: idsOf(pinned) };
    }
    const victims = chooseVictims(others, sum(others) + candidate.bytes - limitBytes);
    staying = [...without(others, victims), asHolder(candidate)];
    going.push(...victims);
    const busy = victims.filter((holder) => holder.busy);
    if (busy.length > 0) return { kind: 'wait', forIds: idsOf(busy), victimIds: idsOf(victims) };
    if (victims.length > 0) return { kind: 'evict', ids: idsOf(victims) };
    if (taken + candidate.bytes > limitBytes) return { kind: 'wait', forIds: idsOf(going), victimIds: [] };
    taken += candidate.bytes;
    return { kind: 'start' };
  });
}

/** Idle ones before busy ones, each least recently used first; none whose bytes are not needed. */
function chooseVictims(holders: readonly Holder[], excessBytes: number): readonly Holder[] {
  const order = holders
    .filter(({ pinned }) => !pinned)
    .toSorted((a, b) => Number(a.busy) - Number(b.busy) || a.lastUsedAt - b.lastUsedAt);
  const enough = order.findIndex((_, index) => sum(order.slice(0, index)) >= excessBytes);
  let chosen: readonly Holder[] = enough < 0 ? order : order.slice(0, enough);
  // What was taken last is spared first, where the others suffice.
  for (const holder of chosen.toReversed()) {
    const rest = without(chosen, [holder]);
    if (sum(rest) >= excessBytes) chosen = rest;
  }
  return chosen;
}

/** A candidate as later ones see it: its room is taken, and it works before it can go. */
function asHolder({ id, bytes, pinned }: Candidate): Holder {
  return { id, bytes, pinned, busy: true, leaving: false, lastUsedAt: Infinity };
}

function idsOf(holders: readonly Holder[]): readonly string[] {
  return holders.map(({ id }) => id);
}

function without(holders: readonly Holder[], gone: readonly Holder[]): readonly Holder[] {
  return holders.filter((holder) => !gone.includes(holder));
}

function sum(holders: readonly Holder[]): number {
  return holders.reduce((total, { bytes }) => total + bytes, 0);
}

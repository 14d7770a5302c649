import { describe, expect, it } from 'vitest';
import { decide, type Candidate, type Holder, type Verdict } from './admission.ts';

const holder = (id: string, bytes: number, more: Partial<Holder> = {}): Holder => ({
  id,
  bytes,
  busy: false,
  leaving: false,
  pinned: false,
  lastUsedAt: 0,
  ...more,
});

const candidate = (id: string, bytes: number, more: Partial<Candidate> = {}): Candidate => ({
  id,
  bytes,
  pinned: false,
  ...more,
});

function decideOn(
  holders: readonly Holder[],
  candidates: readonly Candidate[],
  limitBytes = 10,
): readonly Verdict[] {
  return decide({ holders, candidates, limitBytes });
}

const start = { kind: 'start' };

describe('one model is wanted', () => {
  it('starts where it fits, to the last byte', () => {
    expect(decideOn([holder('a', 6, { busy: true })], [candidate('w', 4)])).toEqual([start]);
  });

  it('evicts the least recently used idle model', () => {
    const holders = [holder('new', 5, { lastUsedAt: 9 }), holder('old', 5, { lastUsedAt: 1 })];
    expect(decideOn(holders, [candidate('w', 5)])).toEqual([{ kind: 'evict', ids: ['old'] }]);
  });

  it('evicts several small ones for a large one, and no more than it takes', () => {
    const holders = [1, 2, 3, 4].map((age) => holder(`m${age}`, 2, { lastUsedAt: age }));
    expect(decideOn(holders, [candidate('w', 5)])).toEqual([{ kind: 'evict', ids: ['m1', 'm2'] }]);
  });

  it('spares a small one where a large one that has to go anyway is enough', () => {
    const holders = [holder('small', 1, { lastUsedAt: 1 }), holder('large', 8, { lastUsedAt: 2 })];
    expect(decideOn(holders, [candidate('w', 8)])).toEqual([{ kind: 'evict', ids: ['large'] }]);
  });

  it('evicts an idle one and not a busy one, however long ago that was used', () => {
    const holders = [holder('busy', 5, { busy: true, lastUsedAt: 1 }), holder('idle', 5, { lastUsedAt: 9 })];
    expect(decideOn(holders, [candidate('w', 5)])).toEqual([{ kind: 'evict', ids: ['idle'] }]);
  });

  it('evicts nobody before that is enough', () => {
    const holders = [holder('idle', 3), holder('busy', 7, { busy: true })];
    expect(decideOn(holders, [candidate('w', 9)])).toEqual([
      { kind: 'wait', forIds: ['busy'], victimIds: ['idle', 'busy'] },
    ]);
  });

  it('waits for the one busy model that was longest without a new request', () => {
    const holders = [
      holder('a', 5, { busy: true, lastUsedAt: 7 }),
      holder('b', 5, { busy: true, lastUsedAt: 3 }),
    ];
    expect(decideOn(holders, [candidate('w', 4)])).toEqual([
      { kind: 'wait', forIds: ['b'], victimIds: ['b'] },
    ]);
  });

  it('never evicts a pinned model, idle as it may be', () => {
    const holders = [holder('pinned', 6, { pinned: true }), holder('idle', 4, { lastUsedAt: 9 })];
    expect(decideOn(holders, [candidate('w', 4)])).toEqual([{ kind: 'evict', ids: ['idle'] }]);
    expect(decideOn(holders, [candidate('w', 5)])).toEqual([
      { kind: 'refuse', roomBytes: 4, pinnedIds: ['pinned'] },
    ]);
  });

  it('is refused where it is larger than the limit, and nobody goes for it', () => {
    expect(decideOn([holder('idle', 9)], [candidate('w', 11)])).toEqual([
      { kind: 'refuse', roomBytes: 10, pinnedIds: [] },
    ]);
  });

  it('is refused where pinned models take more than the limit', () => {
    expect(decideOn([holder('p', 12, { pinned: true })], [candidate('w', 1)])).toEqual([
      { kind: 'refuse', roomBytes: 0, pinnedIds: ['p'] },
    ]);
  });

  it('waits for memory that is on its way back, and evicts nobody for it', () => {
    const holders = [holder('gone soon', 6, { leaving: true }), holder('idle', 4)];
    expect(decideOn(holders, [candidate('w', 6)])).toEqual([
      { kind: 'wait', forIds: ['gone soon'], victimIds: [] },
    ]);
  });

  it('counts a model that loads as one that holds its memory', () => {
    const loading = holder('loading', 8, { busy: true });
    expect(decideOn([loading], [candidate('w', 3)])).toEqual([
      { kind: 'wait', forIds: ['loading'], victimIds: ['loading'] },
    ]);
  });

  it('makes up for a limit that shrank while another model loaded', () => {
    const holders = [holder('loading', 6, { busy: true }), holder('idle', 3)];
    expect(decideOn(holders, [candidate('w', 1)], 7)).toEqual([{ kind: 'evict', ids: ['idle'] }]);
    expect(decideOn(holders, [candidate('w', 1)], 5)).toEqual([
      { kind: 'wait', forIds: ['loading'], victimIds: ['loading'] },
    ]);
  });
});

describe('several models are wanted', () => {
  it('start together where they fit together', () => {
    expect(decideOn([], [candidate('a', 5), candidate('b', 5)])).toEqual([start, start]);
  });

  it('get their turns in the order in which they came: the later one waits for the earlier one', () => {
    expect(decideOn([], [candidate('a', 6), candidate('b', 6)])).toEqual([
      start,
      { kind: 'wait', forIds: ['a'], victimIds: ['a'] },
    ]);
  });

  it('do not overtake where that would take the room of an earlier one', () => {
    const holders = [holder('busy', 6, { busy: true })];
    expect(decideOn(holders, [candidate('large', 8), candidate('small', 4)])).toEqual([
      { kind: 'wait', forIds: ['busy'], victimIds: ['busy'] },
      { kind: 'wait', forIds: ['large'], victimIds: ['large'] },
    ]);
  });

  it('do overtake where both fit', () => {
    const holders = [holder('busy', 6, { busy: true })];
    expect(decideOn(holders, [candidate('large', 7), candidate('small', 3)])).toEqual([
      { kind: 'wait', forIds: ['busy'], victimIds: ['busy'] },
      start,
    ]);
  });

  it('wait together for one that makes room for both', () => {
    const holders = [holder('busy', 9, { busy: true })];
    expect(decideOn(holders, [candidate('a', 5), candidate('b', 5)])).toEqual([
      { kind: 'wait', forIds: ['busy'], victimIds: ['busy'] },
      { kind: 'wait', forIds: ['busy'], victimIds: [] },
    ]);
  });

  it('each evict their own', () => {
    const holders = [holder('old', 5, { lastUsedAt: 1 }), holder('new', 5, { lastUsedAt: 2 })];
    expect(decideOn(holders, [candidate('a', 5), candidate('b', 5)])).toEqual([
      { kind: 'evict', ids: ['old'] },
      { kind: 'evict', ids: ['new'] },
    ]);
  });

  it('are refused beside a pinned one that came before', () => {
    expect(decideOn([], [candidate('a', 6, { pinned: true }), candidate('b', 6)])).toEqual([
      start,
      { kind: 'refuse', roomBytes: 4, pinnedIds: ['a'] },
    ]);
  });

  it('are not held up by one that is refused', () => {
    const [first, second] = decideOn([], [candidate('a', 11), candidate('b', 6)]);
    expect(first?.kind).toBe('refuse');
    expect(second).toEqual(start);
  });
});

describe('in the long run', () => {
  /** Carries out what was decided until nothing changes; busy models finish one after the other. */
  function play(limitBytes: number, models: readonly Candidate[]): string[] {
    const served: string[] = [];
    let holders: readonly Holder[] = [];
    let candidates = models;
    for (let turn = 0; turn < 100 && candidates.length > 0; turn += 1) {
      const verdicts = decide({ holders, candidates, limitBytes });
      const started = candidates.filter((_, index) => verdicts[index]?.kind === 'start');
      const evicted = new Set(verdicts.flatMap((verdict) => (verdict.kind === 'evict' ? verdict.ids : [])));
      served.push(...started.map(({ id }) => id));
      candidates = candidates.filter((one) => !started.includes(one));
      const finished = holders.find(({ busy }) => busy);
      holders = [
        ...holders
          .filter(({ id }) => !evicted.has(id))
          .map((one) => (one === finished ? { ...one, busy: false } : one)),
        ...started.map(({ id, bytes }) => holder(id, bytes, { busy: true, lastUsedAt: turn })),
      ];
      expect(holders.reduce((total, { bytes }) => total + bytes, 0)).toBeLessThanOrEqual(limitBytes);
    }
    return served;
  }

  it('everybody who fits at all is served, whatever the sizes, and the limit always holds', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const models = Array.from({ length: 6 }, (_, index) =>
        candidate(`m${index}`, ((seed * (index + 3) * 7919) % 10) + 1),
      );
      expect(play(10, models).toSorted()).toEqual(models.map(({ id }) => id));
    }
  });
});

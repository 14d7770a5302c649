import { describe, expect, it } from 'vitest';
import { viewPlaces, viewStates, type Abilities, type Holding } from './views.ts';

const able: Abilities = { cuts: true, keepable: (_, common) => common };

function holding(id: number, tokens: readonly number[], told: Partial<Holding> = {}): Holding {
  return { id, free: true, tokens, held: tokens.length, usedAt: 0, movable: true, ...told };
}

describe('viewPlaces', () => {
  const common = (prompt: readonly number[], places: readonly Holding[]) =>
    viewPlaces(prompt, places, [], able).map((place) => place.common);

  it('counts what a prompt and a history begin with, and never the whole prompt', () => {
    const places = [holding(0, [1, 2, 3, 4]), holding(1, [1, 2, 9]), holding(2, []), holding(3, [2])];
    expect(common([1, 2, 3, 4], places)).toEqual([3, 2, 0, 0]);
    expect(common([1], places)).toEqual([0, 0, 0, 0]);
  });

  it('tells what a place at work holds already, and what it will hold', () => {
    const reading = holding(0, [1, 2, 3, 4, 5], { free: false, held: 2 });
    const [view] = viewPlaces([1, 2, 3, 4, 9], [reading], [], able);
    expect(view).toMatchObject({ common: 2, copyable: 2, coming: 4 });
  });

  it('counts as its own only what is found nowhere else', () => {
    const places = [
      holding(0, [1, 2, 3, 4]),
      holding(1, [1, 2, 3, 9, 9]),
      holding(2, [1, 2, 3, 4, 5, 6], { free: false, held: 2 }),
    ];
    const only = (states: readonly { id: string; tokens: Uint32Array }[]) =>
      viewPlaces([7], places, states, able).map((place) => place.only);
    expect(only([])).toEqual([1, 2, 2]);
    expect(only([{ id: 'a', tokens: Uint32Array.of(1, 2, 3, 4, 5) }])).toEqual([0, 2, 2]);
  });

  it('offers neither copies nor waits where a memory cannot be cut, unless all of it fits', () => {
    const whole: Abilities = { cuts: false, keepable: (_, length) => (length < 2 ? 0 : 2) };
    const places = [holding(0, [1, 2, 3]), holding(1, [1, 2]), holding(2, [1, 2, 3], { free: false })];
    expect(viewPlaces([1, 2, 5], places, [], whole)).toMatchObject([
      { common: 2, copyable: 0, coming: 0 },
      { common: 2, copyable: 2, coming: 0 },
      { common: 2, copyable: 0, coming: 0 },
    ]);
  });

  it('does not copy what is not movable', () => {
    const busy = holding(0, [1, 2, 3], { free: false, movable: false });
    expect(viewPlaces([1, 2, 3, 4], [busy], [], able)[0]).toMatchObject({ copyable: 0, coming: 0 });
  });
});

describe('viewStates', () => {
  const states = [
    { id: 'a', tokens: Uint32Array.of(1, 2, 3) },
    { id: 'b', tokens: Uint32Array.of(1, 2) },
  ];

  it('leaves out what does not fit a sequence', () => {
    expect(viewStates([1, 2, 3, 4], states, 3, able)).toEqual([{ id: 'b', held: 2, common: 2 }]);
  });

  it('takes all of a state or nothing where a memory cannot be cut', () => {
    expect(viewStates([1, 2, 4], states, 100, { ...able, cuts: false })).toEqual([
      { id: 'a', held: 3, common: 0 },
      { id: 'b', held: 2, common: 2 },
    ]);
  });
});

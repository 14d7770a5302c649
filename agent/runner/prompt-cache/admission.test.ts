import { describe, expect, it } from 'vitest';
import { gapsAdded, planAdmission, type PlaceView, type StateView } from './admission.ts';

/** An empty place, but for what is told. */
function place(id: number, told: Partial<PlaceView> = {}): PlaceView {
  const { held = 0, common = 0 } = told;
  return { id, free: true, held, common, copyable: common, coming: 0, only: held, usedAt: 0, ...told };
}

const state = (id: string, held: number, common: number): StateView => ({ id, held, common });

describe('planAdmission', () => {
  it('has no answer while every place is taken', () => {
    const places = [place(0, { free: false, coming: 900 }), place(1, { free: false })];
    expect(planAdmission(1_000, places, [], true)).toEqual({ kind: 'full' });
  });

  it('goes where most of the prompt is held', () => {
    const places = [place(0), place(1, { held: 600, common: 400 }), place(2, { held: 410, common: 400 })];
    expect(planAdmission(1_000, places, [], true)).toEqual({
      kind: 'begin',
      place: 2,
      spill: false,
      source: { kind: 'own' },
    });
  });

  it('takes the lowest of places that are alike', () => {
    expect(planAdmission(1_000, [place(0), place(1)], [], true)).toMatchObject({ place: 0 });
  });

  it('goes on in place where everything is held already', () => {
    const places = [place(0), place(1, { held: 1_050, common: 999 })];
    expect(planAdmission(1_000, places, [], true)).toMatchObject({ place: 1, source: { kind: 'own' } });
  });

  it('leaves a short chat alone for a beginning that is shorter still', () => {
    const places = [place(0, { held: 200, common: 20 }), place(1)];
    expect(planAdmission(300, places, [], true)).toMatchObject({ place: 1, source: { kind: 'own' } });
  });

  it('copies the shared beginning of a long history into an empty place', () => {
    const places = [place(0, { held: 3_500, common: 1_500 }), place(1)];
    expect(planAdmission(1_800, places, [], true)).toEqual({
      kind: 'begin',
      place: 1,
      spill: false,
      source: { kind: 'place', id: 0 },
    });
  });

  it('goes on in place where a history cannot be copied in part', () => {
    const places = [place(0, { held: 3_500, common: 1_500, copyable: 0 }), place(1)];
    expect(planAdmission(1_800, places, [], true)).toEqual({
      kind: 'begin',
      place: 0,
      spill: true,
      source: { kind: 'own' },
    });
  });

  it('copies from a place that is at work', () => {
    const places = [place(0, { free: false, held: 3_500, common: 1_500, coming: 1_500 }), place(1)];
    expect(planAdmission(1_800, places, [], true)).toMatchObject({
      place: 1,
      source: { kind: 'place', id: 0 },
    });
  });

  it('copies from the shortest of those that hold equally much', () => {
    const places = [
      place(0, { free: false, held: 3_500, common: 1_500 }),
      place(1, { free: false, held: 1_600, common: 1_500 }),
      place(2),
    ];
    expect(planAdmission(1_800, places, [], true)).toMatchObject({ source: { kind: 'place', id: 1 } });
  });

  it('spills a long history before the only free place is cut', () => {
    const places = [place(0, { free: false, held: 90 }), place(1, { held: 3_500, common: 1_500, usedAt: 9 })];
    expect(planAdmission(1_800, places, [], true)).toEqual({
      kind: 'begin',
      place: 1,
      spill: true,
      source: { kind: 'own' },
    });
  });

  it('spills what was not used for longest', () => {
    const places = [
      place(0, { held: 2_000, usedAt: 3 }),
      place(1, { held: 4_000, usedAt: 1 }),
      place(2, { held: 300, usedAt: 2 }),
    ];
    expect(planAdmission(900, places, [], true)).toMatchObject({ place: 1, spill: true });
  });

  it('spills nothing that is found elsewhere', () => {
    const places = [place(0, { held: 2_000, usedAt: 1 }), place(1, { held: 2_000, only: 10, usedAt: 2 })];
    expect(planAdmission(900, places, [], true)).toMatchObject({ place: 1, spill: false });
  });

  it('brings a conversation back from disk', () => {
    const places = [place(0, { held: 2_000, common: 40, usedAt: 2 }), place(1, { held: 900, usedAt: 1 })];
    expect(planAdmission(1_500, places, [state('a', 700, 30), state('b', 1_400, 1_400)], true)).toEqual({
      kind: 'begin',
      place: 1,
      spill: true,
      source: { kind: 'state', id: 'b' },
    });
  });

  it('reads a few tokens again rather than a state from disk', () => {
    const places = [place(0, { held: 1_400, common: 1_400 })];
    expect(planAdmission(1_500, places, [state('a', 1_450, 1_450)], true)).toMatchObject({
      source: { kind: 'own' },
    });
  });

  it('reads a state rather than making a copy of as much', () => {
    const places = [place(0, { free: false, held: 1_400, common: 1_400 }), place(1)];
    expect(planAdmission(1_500, places, [state('a', 1_400, 1_400)], true)).toMatchObject({
      source: { kind: 'state', id: 'a' },
    });
  });

  it('waits for one that is reading the same beginning', () => {
    const places = [place(0, { free: false, held: 128, common: 128, coming: 1_500 }), place(1)];
    expect(planAdmission(1_800, places, [], true)).toEqual({ kind: 'wait', place: 0, until: 1_500 });
  });

  it('does not wait for what is nearly there, or can be had at once', () => {
    const nearly = place(0, { free: false, held: 1_400, common: 1_400, coming: 1_500 });
    expect(planAdmission(1_800, [nearly, place(1)], [], true)).toMatchObject({ kind: 'begin' });
    const early = place(0, { free: false, held: 10, common: 10, coming: 1_500 });
    expect(planAdmission(1_800, [early, place(1)], [state('a', 1_500, 1_500)], true)).toMatchObject({
      kind: 'begin',
      source: { kind: 'state', id: 'a' },
    });
  });

  it('neither waits nor moves where nothing can be moved', () => {
    const reading = place(0, { free: false, held: 128, common: 128, coming: 1_500 });
    expect(planAdmission(1_800, [reading, place(1)], [state('a', 1_500, 1_500)], false)).toEqual({
      kind: 'begin',
      place: 1,
      spill: false,
      source: { kind: 'own' },
    });
  });

  it('weighs what is gained against what is lost where nothing can be moved', () => {
    const little = [place(0, { held: 4_000, common: 500, usedAt: 1 }), place(1)];
    expect(planAdmission(900, little, [], false)).toMatchObject({ place: 1 });
    const much = [place(0, { held: 2_000, common: 1_500, usedAt: 1 }), place(1)];
    expect(planAdmission(1_800, much, [], false)).toMatchObject({ place: 0 });
  });

  it('keeps places at work side by side', () => {
    const places = [
      place(0),
      place(1),
      place(2, { held: 20, usedAt: 1 }),
      place(3, { free: false, held: 50 }),
    ];
    expect(planAdmission(300, places, [], true)).toMatchObject({ place: 2 });
  });
});

describe('gapsAdded', () => {
  it.each([
    [[], 5, 0],
    [[3], 2, 0],
    [[3], 5, 1],
    [[1, 3], 2, -1],
    [[0, 1], 3, 1],
  ])('beside %j, %i adds %i', (taken, id, gaps) => {
    expect(gapsAdded(taken, id)).toBe(gaps);
  });
});

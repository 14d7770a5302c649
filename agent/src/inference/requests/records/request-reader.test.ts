import { ImpetusError, type RequestEvent, type RequestRecord } from '@impetus/contracts';
import { beforeEach, expect, it } from 'vitest';
import { arrived, noteFailure, toRecord } from '../progress.ts';
import { facts } from '../testing/facts.ts';
import { RequestReader } from './request-reader.ts';

const running = (id: string): RequestRecord => toRecord(arrived(facts({ id })), 0, false);

function ended(id: string): RequestRecord {
  const progress = arrived(facts({ id }));
  noteFailure(progress, new ImpetusError('cancelled', 'Gone.'), 1);
  return toRecord(progress, 1, false);
}

let reader: RequestReader;
beforeEach(() => {
  reader = new RequestReader(3);
});

function takeAll(): RequestEvent[] {
  const events: RequestEvent[] = [];
  for (let event = reader.take(); event !== null; event = reader.take()) events.push(event);
  return events;
}
const told = () =>
  takeAll().map((event) => (event.type === 'removed' ? event.ids : [event.record.id, event.record.state]));

it('hears of each request its latest record alone', () => {
  reader.changed(running('a'), true);
  reader.changed(running('b'), true);
  reader.changed(ended('a'), false);
  expect(told()).toEqual([
    ['a', 'cancelled'],
    ['b', 'queued'],
  ]);
  expect(reader.take()).toBeNull();
});

it('that is far behind never hears of the oldest that began and ended meanwhile', () => {
  for (const id of ['a', 'b', 'c', 'd', 'e']) {
    reader.changed(running(id), true);
    reader.changed(ended(id), false);
  }
  expect(told().map(([id]) => id)).toEqual(['c', 'd', 'e']);
});

it('sees the end of everything that it saw under way', () => {
  for (const id of ['a', 'b']) reader.changed(running(id), true);
  takeAll();
  for (const id of ['a', 'b']) reader.changed(ended(id), false);
  for (const id of ['c', 'd', 'e']) {
    reader.changed(running(id), true);
    reader.changed(ended(id), false);
  }
  expect(told()).toEqual([
    ['a', 'cancelled'],
    ['b', 'cancelled'],
    ['e', 'cancelled'],
  ]);
});

it('keeps those under way, however many they are', () => {
  for (const id of ['a', 'b', 'c', 'd']) reader.changed(running(id), true);
  expect(told()).toHaveLength(4);
});

it('hears what was removed, and nothing else of that', () => {
  reader.changed(ended('a'), true);
  reader.removed(['a', 'b']);
  reader.removed(['c', 'd']);
  expect(told()).toEqual([['b', 'c', 'd']]);
});

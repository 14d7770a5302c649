import type { RequestRecord } from '@impetus/contracts/records';
import { expect, test } from 'vitest';
import {
  everyRequest,
  feedOf,
  follow,
  groupRequests,
  settle,
  withOlder,
  type RequestFeed,
  type RequestFilter,
} from './request-feed.ts';

function record(minute: number, changes: Partial<RequestRecord> = {}): RequestRecord {
  const startedAt = new Date(Date.UTC(2030, 0, 1, 12, minute)).toISOString();
  return {
    id: `r${minute}`,
    startedAt,
    endedAt: startedAt,
    state: 'done',
    requesterId: 'k',
    requesterName: 'Laptop',
    modelId: 'm',
    dialect: 'openai',
    endpoint: '/v1/chat/completions',
    kind: 'generation',
    streamed: true,
    queuePosition: null,
    queueMs: 0,
    loadMs: null,
    promptTokens: 10,
    cachedTokens: 0,
    readTokens: 10,
    prefillMs: 5,
    completionTokens: 3,
    decodeMs: 5,
    finishReason: 'stop',
    error: null,
    captured: false,
    ...changes,
  };
}

const writing = (minute: number): RequestRecord => record(minute, { state: 'writing', endedAt: null });

const ids = (records: readonly RequestRecord[]): string[] => records.map(({ id }) => id);

const changed = (feed: RequestFeed, next: RequestRecord, held = false, filter = everyRequest): RequestFeed =>
  follow(feed, { type: 'changed', record: next }, { filter, held });

const first = feedOf({ records: [writing(5), record(4), record(3)], next: 'r3' });

test('those under way stand in line above the ended ones, which are newest first', () => {
  const feed = feedOf({ records: [record(1), writing(2), record(3), writing(4)], next: null });
  expect(ids(feed.running)).toEqual(['r2', 'r4']);
  expect(ids(feed.ended)).toEqual(['r3', 'r1']);
});

test('a new request joins the line, and goes to the top of the ended ones when it ends', () => {
  const begun = changed(first, writing(6));
  expect(ids(begun.running)).toEqual(['r5', 'r6']);
  const over = changed(begun, record(6));
  expect(ids(over.running)).toEqual(['r5']);
  expect(ids(over.ended)).toEqual(['r6', 'r4', 'r3']);
});

test('while the list is held nothing moves: rows change in place and new ones wait', () => {
  const held = changed(changed(first, writing(6), true), record(5), true);
  expect(ids(held.running)).toEqual(['r5']);
  expect(held.running[0]?.state).toBe('done');
  expect(ids(held.waiting)).toEqual(['r6']);
  expect(changed(held, record(6), true).waiting[0]?.state).toBe('done');
  const settled = settle(held, everyRequest);
  expect(ids(settled.running)).toEqual(['r6']);
  expect(ids(settled.ended)).toEqual(['r5', 'r4', 'r3']);
  expect(settled.waiting).toEqual([]);
});

test('what has ended is not taken for running again by news that come late', () => {
  expect(changed(first, { ...record(4), state: 'writing', endedAt: null })).toBe(first);
});

test('a filter keeps others out, and lets go of what no longer matches', () => {
  const running: RequestFilter = { ...everyRequest, outcome: 'running' };
  const feed = feedOf({ records: [writing(5)], next: null });
  expect(changed(feed, record(6), false, running)).toBe(feed);
  expect(changed(feed, record(5), false, running).running).toEqual([]);
  expect(changed(feed, record(5), true, running).running[0]?.state).toBe('done');

  const failed: RequestFilter = { ...everyRequest, outcome: 'failed', modelId: 'm' };
  const none = feedOf({ records: [], next: null });
  expect(ids(changed(none, record(7, { state: 'failed' }), false, failed).ended)).toEqual(['r7']);
  expect(changed(none, record(7, { state: 'failed', modelId: 'other' }), false, failed)).toBe(none);
});

test('older pages follow, and a request that is on both pages stands there once', () => {
  const feed = withOlder(first, { records: [record(3), record(2), record(1)], next: null });
  expect(ids(feed.ended)).toEqual(['r4', 'r3', 'r2', 'r1']);
  expect(feed.next).toBeNull();
});

test('news of a request on a page that was not fetched leave the list as it is', () => {
  expect(changed(first, record(1))).toBe(first);
});

test('what the agent forgot is gone', () => {
  const feed = follow(first, { type: 'removed', ids: ['r3', 'r5'] }, { filter: everyRequest, held: true });
  expect(ids(feed.running)).toEqual([]);
  expect(ids(feed.ended)).toEqual(['r4']);
});

test('a page that stays open for long keeps a bounded list, and its older end can be fetched again', () => {
  const many = Array.from({ length: 301 }, (_, minute) => record(minute));
  const feed = settle(feedOf({ records: many, next: null }), everyRequest);
  expect(feed.ended).toHaveLength(100);
  expect(feed.ended[0]?.id).toBe('r300');
  expect(feed.next).toBe('r201');
});

test('groups are those under way, then days', () => {
  const groups = groupRequests(first, (at) => (new Date(at).getUTCMinutes() < 4 ? 'Yesterday' : 'Today'));
  expect(groups.map(({ heading, records }) => [heading, ids(records)])).toEqual([
    ['Under way', ['r5']],
    ['Today', ['r4']],
    ['Yesterday', ['r3']],
  ]);
});

import type { Snapshot, StateEvent } from '@impetus/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from './bus.ts';
import { RingStateFeed } from './state-feed.ts';
import type { FeedItem } from './types.ts';

let snapshots = 0;
let controller: AbortController;
beforeEach(() => {
  snapshots = 0;
  controller = new AbortController();
});
afterEach(() => controller.abort());

function createFeed(capacity = 10, bus = new EventBus()) {
  const snapshot = () => ({ models: [], runners: [], defaultModel: `snapshot ${++snapshots}` });
  return new RingStateFeed({ bus, capacity, snapshot: snapshot as unknown as () => Snapshot });
}

const publish = (feed: RingStateFeed, name: string) => feed.publish({ type: 'default-model', modelId: name });

const nameOf = (event: StateEvent) =>
  event.type === 'snapshot'
    ? event.defaultModel
    : event.type === 'default-model'
      ? event.modelId
      : event.type;

const open = (feed: RingStateFeed, lastEventId?: string) =>
  feed.subscribe(lastEventId, controller.signal)[Symbol.asyncIterator]();

async function take(reader: AsyncIterator<FeedItem>, count: number) {
  const items: FeedItem[] = [];
  for (let taken = 0; taken < count; taken += 1) items.push((await reader.next()).value as FeedItem);
  return { names: items.map(({ event }) => nameOf(event)), last: items.at(-1)?.id };
}

describe('a new reader', () => {
  it('starts with a snapshot and goes on live', async () => {
    const feed = createFeed();
    publish(feed, 'before');
    const reader = open(feed);
    expect((await take(reader, 1)).names).toEqual(['snapshot 1']);
    publish(feed, 'a');
    publish(feed, 'b');
    expect((await take(reader, 2)).names).toEqual(['a', 'b']);
  });
});

describe('a returning reader', () => {
  it('hears exactly what it missed, then what comes', async () => {
    const feed = createFeed();
    const first = open(feed);
    await take(first, 1);
    publish(feed, 'a');
    const { last } = await take(first, 1);
    publish(feed, 'b');
    publish(feed, 'c');
    const second = open(feed, last);
    expect((await take(second, 2)).names).toEqual(['b', 'c']);
    const pending = take(second, 1);
    publish(feed, 'd');
    expect((await pending).names).toEqual(['d']);
  });

  it('that missed nothing waits for what is new', async () => {
    const feed = createFeed();
    publish(feed, 'a');
    const { last } = await take(open(feed), 1);
    const pending = take(open(feed, last), 1);
    publish(feed, 'b');
    expect((await pending).names).toEqual(['b']);
  });

  it('misses and repeats nothing while events rain', async () => {
    const feed = createFeed(1000);
    const seen: (string | null)[] = [];
    let last = (await take(open(feed), 1)).last;
    for (let round = 0; round < 20; round += 1) {
      for (let n = 0; n < 10; n += 1) publish(feed, `${round}.${n}`);
      const reader = open(feed, last);
      const part = await take(reader, 7);
      last = part.last;
      seen.push(...part.names);
      await reader.return?.(undefined);
    }
    expect(seen).toHaveLength(140);
    expect(new Set(seen).size).toBe(140);
    expect(seen.slice(0, 11)).toEqual([...Array.from({ length: 10 }, (_, n) => `0.${n}`), '1.0']);
  });

  it.each(['0badcafe-3', 'nonsense', '-', ''])('with the id %j of elsewhere gets a snapshot', async (id) => {
    const feed = createFeed();
    publish(feed, 'a');
    expect((await take(open(feed, id), 1)).names).toEqual(['snapshot 1']);
  });

  it('with an id of the future gets a snapshot', async () => {
    const feed = createFeed();
    const { last } = await take(open(feed), 1);
    expect((await take(open(feed, last?.replace(/-\d+$/, '-99')), 1)).names).toEqual(['snapshot 2']);
  });

  it('that comes back too late gets a snapshot', async () => {
    const feed = createFeed(3);
    const { last } = await take(open(feed), 1);
    for (const name of ['a', 'b', 'c']) publish(feed, name);
    expect((await take(open(feed, last), 3)).names).toEqual(['a', 'b', 'c']);
    publish(feed, 'd');
    expect((await take(open(feed, last), 1)).names).toEqual(['snapshot 2']);
  });
});

it('a reader that falls behind gets a new snapshot in the middle', async () => {
  const feed = createFeed(3);
  const reader = open(feed);
  await take(reader, 1);
  for (const name of ['a', 'b', 'c', 'd', 'e']) publish(feed, name);
  publish(feed, 'f');
  const part = await take(reader, 1);
  expect(part.names).toEqual(['snapshot 2']);
  publish(feed, 'g');
  expect((await take(reader, 1)).names).toEqual(['g']);
});

it('tells how many watch, and ends with the signal', async () => {
  const bus = new EventBus();
  const counts: number[] = [];
  using _listening = bus.on('state-watchers', ({ count }) => counts.push(count));
  const reader = open(createFeed(10, bus));
  await reader.next();
  const end = reader.next();
  controller.abort();
  expect((await end).done).toBe(true);
  expect(counts).toEqual([1, 0]);
});

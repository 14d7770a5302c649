import type { RequestEvent, RequestPage, RequestRecord } from '@impetus/contracts/records';

/** Which requests a screen wants to see; null: all of them. */
export interface RequestFilter {
  readonly outcome: 'running' | 'done' | 'failed' | 'cancelled' | null;
  readonly modelId: string | null;
  readonly requesterId: string | null;
}

export const everyRequest: RequestFilter = { outcome: null, modelId: null, requesterId: null };

export function isUnfiltered({ outcome, modelId, requesterId }: RequestFilter): boolean {
  return outcome === null && modelId === null && requesterId === null;
}

/** The requests on a screen. What is in it changes in place; where it stands changes only by `settle`. */
export interface RequestFeed {
  readonly running: readonly RequestRecord[];
  readonly ended: readonly RequestRecord[];
  /** New ones that wait until nobody's finger is above the list. */
  readonly waiting: readonly RequestRecord[];
  /** Names the next page of older ones; null at the end. */
  readonly next: string | null;
}

/** More rows than this are given up from the far end when the list is looked at from its top. */
const keptRows = 300;
const rowsAfterTrim = 100;

export function isRunning({ endedAt }: Pick<RequestRecord, 'endedAt'>): boolean {
  return endedAt === null;
}

export function matches(record: RequestRecord, filter: RequestFilter): boolean {
  const { outcome, modelId, requesterId } = filter;
  if (modelId !== null && record.modelId !== modelId) return false;
  if (requesterId !== null && record.requesterId !== requesterId) return false;
  if (outcome === null) return true;
  return outcome === 'running' ? isRunning(record) : record.state === outcome;
}

function newestFirst(a: RequestRecord, b: RequestRecord): number {
  return b.startedAt.localeCompare(a.startedAt) || b.id.localeCompare(a.id);
}

function arrange(records: readonly RequestRecord[], next: string | null): RequestFeed {
  // As in a line: what is next to end stands first, and who comes goes to its end.
  const running = records.filter(isRunning).toSorted((a, b) => newestFirst(b, a));
  const ended = records.filter((record) => !isRunning(record)).toSorted(newestFirst);
  if (ended.length <= keptRows) return { running, ended, waiting: [], next };
  const kept = ended.slice(0, rowsAfterTrim);
  return { running, ended: kept, waiting: [], next: kept.at(-1)?.id ?? null };
}

export function feedOf(page: RequestPage): RequestFeed {
  return arrange(page.records, page.next);
}

/** The feed with the next page of older requests at its end. */
export function withOlder(feed: RequestFeed, page: RequestPage): RequestFeed {
  const known = new Set(allOf(feed).map(({ id }) => id));
  const older = page.records.filter((record) => !known.has(record.id) && !isRunning(record));
  return { ...feed, ended: [...feed.ended, ...older.toSorted(newestFirst)], next: page.next };
}

function allOf({ running, ended, waiting }: RequestFeed): readonly RequestRecord[] {
  return [...running, ...ended, ...waiting];
}

/** Everything where it belongs, the new ones among the rest; what no longer matches is gone. */
export function settle(feed: RequestFeed, filter: RequestFilter): RequestFeed {
  return arrange(
    allOf(feed).filter((record) => matches(record, filter)),
    feed.next,
  );
}

/** The feed after an event. While it is held, rows change in place and new ones wait. */
export function follow(
  feed: RequestFeed,
  event: RequestEvent,
  { filter, held }: { readonly filter: RequestFilter; readonly held: boolean },
): RequestFeed {
  if (event.type === 'removed') return without(feed, event.ids);
  const { record } = event;
  const before = allOf(feed).find(({ id }) => id === record.id);
  if (before === undefined) {
    if (!matches(record, filter) || isBeyond(feed, record)) return feed;
    const grown = { ...feed, waiting: [record, ...feed.waiting] };
    return held ? grown : settle(grown, filter);
  }
  // A list that was asked for earlier may arrive later: what has ended stays so.
  if (!isRunning(before) && isRunning(record)) return feed;
  const changed = replace(feed, record, filter);
  const moves = isRunning(before) !== isRunning(record) || !matches(record, filter);
  return moves && !held ? settle(changed, filter) : changed;
}

function replace(feed: RequestFeed, record: RequestRecord, filter: RequestFilter): RequestFeed {
  const put = (list: readonly RequestRecord[]): readonly RequestRecord[] =>
    list.map((other) => (other.id === record.id ? record : other));
  return {
    ...feed,
    running: put(feed.running),
    ended: put(feed.ended),
    waiting: put(feed.waiting).filter((other) => matches(other, filter)),
  };
}

function without(feed: RequestFeed, ids: readonly string[]): RequestFeed {
  const gone = new Set(ids);
  const stay = ({ id }: RequestRecord): boolean => !gone.has(id);
  return {
    ...feed,
    running: feed.running.filter(stay),
    ended: feed.ended.filter(stay),
    waiting: feed.waiting.filter(stay),
  };
}

/** Whether it belongs to a page that was not fetched yet. */
function isBeyond({ ended, next }: RequestFeed, record: RequestRecord): boolean {
  const last = ended.at(-1);
  return next !== null && last !== undefined && !isRunning(record) && newestFirst(last, record) < 0;
}

/** A heading with the requests under it. */
export interface RequestGroup {
  readonly heading: string;
  readonly records: readonly RequestRecord[];
}

/** Those under way, then those that ended, by day. `dayOf` names the day of a moment. */
export function groupRequests(
  { running, ended }: Pick<RequestFeed, 'running' | 'ended'>,
  dayOf: (at: number) => string,
): readonly RequestGroup[] {
  const days = Map.groupBy(ended, ({ startedAt }) => dayOf(Date.parse(startedAt)));
  const groups = [...days].map(([heading, records]) => ({ heading, records }));
  return running.length === 0 ? groups : [{ heading: 'Under way', records: running }, ...groups];
}

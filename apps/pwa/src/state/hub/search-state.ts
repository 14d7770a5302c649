import type { HubRepo, HubSearchInput, HubSort } from '@impetus/contracts/hub';
import { batch, createEffect, createMemo, createRoot, createSignal, on, onCleanup } from 'solid-js';
import { api } from '../../api/client.ts';
import { isConnectionLoss, toFailure, type Failure } from '../../api/failure.ts';
import { announce } from '../announcer.ts';
import { isConnected } from '../connection.ts';

/** What is looked for on the Hub. Empty: any. */
export interface HubQuery {
  readonly text: string;
  readonly sort: HubSort;
  readonly gguf: boolean;
  readonly fits: boolean;
  readonly task: string;
  readonly author: string;
  readonly licence: string;
}

export const anyRepo: HubQuery = {
  text: '',
  sort: 'trending',
  gguf: true,
  fits: false,
  task: '',
  author: '',
  licence: '',
};

interface Found {
  readonly repos: readonly HubRepo[];
  readonly next: string | null;
}

/** Typing is followed once it rests. */
const restMs = 300;
/** The Hub may answer pages with nothing in them that have a next one. */
const mostEmptyPages = 5;

const [query, setQuery] = createSignal(anyRepo);
const [found, setFound] = createSignal<Found | null>(null);
const [failure, setFailure] = createSignal<Failure | null>(null);
const [isLoading, setLoading] = createSignal(false);

/** What is looked for; it stays when its reader comes back. */
export const hubQuery = query;
/** What was found so far; null while nothing is known. */
export const hubFound = found;
export const hubFailure = failure;
export const isSearchingHub = isLoading;

export function changeHubQuery(some: Partial<HubQuery>): void {
  setQuery((before) => ({ ...before, ...some }));
}

function inputOf({ text, sort, gguf, fits, task, author, licence }: HubQuery): HubSearchInput {
  return {
    query: text,
    sort,
    gguf,
    fits,
    ...(task !== '' && { task }),
    ...(author.trim() !== '' && { author: author.trim() }),
    ...(licence !== '' && { licence }),
  };
}

let asked = 0;

async function fetchFrom(cursor: string | null): Promise<void> {
  asked += 1;
  const mine = asked;
  setLoading(true);
  setFailure(null);
  try {
    const input = inputOf(query());
    let next = cursor;
    const fresh: HubRepo[] = [];
    for (
      let pages = 0;
      pages === 0 || (fresh.length === 0 && next !== null && pages < mostEmptyPages);
      pages += 1
    ) {
      const page = await api.hub.search.query({ ...input, ...(next !== null && { cursor: next }) });
      if (mine !== asked) return;
      fresh.push(...page.repos);
      next = page.next;
    }
    const before = cursor === null ? [] : (found()?.repos ?? []);
    const known = new Set(before.map(({ repo }) => repo));
    batch(() => {
      setFound({ repos: [...before, ...fresh.filter(({ repo }) => !known.has(repo))], next });
      setLoading(false);
    });
    if (cursor === null) announce(next === null ? `${fresh.length} repos found.` : 'Repos found.');
  } catch (error) {
    if (mine !== asked) return;
    batch(() => {
      setLoading(false);
      // The link comes back by itself, and the search with it.
      if (!isConnectionLoss(error)) setFailure(toFailure(error, 'The Hub could not be searched.'));
    });
  }
}

export function searchAgain(): void {
  void fetchFrom(null);
}

/** Fetches the next page, unless one is on its way. */
export function loadMoreRepos(): void {
  const next = found()?.next ?? null;
  if (next !== null && !isLoading() && failure() === null) void fetchFrom(next);
}

export function retryMoreRepos(): void {
  void fetchFrom(found()?.next ?? null);
}

let isStarted = false;

/** Follows what is looked for, from the first visit on. */
export function startHubSearch(): void {
  if (isStarted) return;
  isStarted = true;
  createRoot(() => {
    const wanted = createMemo(() => JSON.stringify(query()));
    createEffect(
      on([wanted, isConnected], ([, connected], before) => {
        if (!connected) return;
        const hasChanged = before === undefined || before[0] !== wanted();
        if (!hasChanged && found() !== null && failure() === null) return;
        // What was found for another search is no answer to this one.
        asked += 1;
        setLoading(true);
        const timer = setTimeout(searchAgain, before === undefined ? 0 : restMs);
        onCleanup(() => clearTimeout(timer));
      }),
    );
  });
}

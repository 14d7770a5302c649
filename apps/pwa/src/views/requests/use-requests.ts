import type { ListRequestsInput, RequestEvent, RequestPage } from '@impetus/contracts/records';
import { batch, createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { api } from '../../api/client.ts';
import { isConnectionLoss, toFailure, type Failure } from '../../api/failure.ts';
import { read, write } from '../../lib/database.ts';
import { modelName } from '../../state/agent-state.ts';
import { announce } from '../../state/announcer.ts';
import {
  feedOf,
  follow,
  isUnfiltered,
  settle,
  withOlder,
  type RequestFeed,
  type RequestFilter,
} from '../../state/request-feed.ts';
import { followRequests } from '../../state/request-events.ts';

const pageSize = 50;
const rememberedKey = 'requests';
/** Ten pictures a second are enough for numbers. */
const showEveryMs = 100;

/** The list of requests as a screen needs it. */
export interface Requests {
  readonly feed: RequestFeed;
  /** False until there is something to show, if only that there is nothing. */
  readonly isKnown: Accessor<boolean>;
  /** Why there is nothing new to show. */
  readonly failure: Accessor<Failure | null>;
  /** The connection was lost while the list was held: what happened meanwhile is not in it. */
  readonly missed: Accessor<boolean>;
  readonly isLoadingOlder: Accessor<boolean>;
  loadOlder(): Promise<void>;
  reload(): Promise<void>;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const nothing: RequestFeed = { running: [], ended: [], waiting: [], next: null };

function toInput({ outcome, modelId, requesterId }: RequestFilter): Partial<ListRequestsInput> {
  return {
    limit: pageSize,
    ...(outcome !== null && { outcome }),
    ...(modelId !== null && { modelId }),
    ...(requesterId !== null && { requesterId }),
  };
}

/**
 * Lists the requests that match the filter and follows them. While `held`, no row moves; what is new is
 * put in as soon as it is not.
 */
export function useRequests(filter: Accessor<RequestFilter>, held: Accessor<boolean>): Requests {
  const [feed, setFeed] = createStore<Mutable<RequestFeed>>({ ...nothing });
  const [isKnown, setKnown] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [missed, setMissed] = createSignal(false);
  const [isLoadingOlder, setLoadingOlder] = createSignal(false);

  /** The feed as the reducer has it; the store follows it. */
  let current = nothing;
  /** Counts lists, so that one that was asked for before the filter changed is not shown after it. */
  let asked = 0;
  let isListing = false;
  let arrived: RequestEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = (next: RequestFeed): void => {
    current = next;
    batch(() => {
      setFeed('running', reconcile(next.running, { key: 'id' }));
      setFeed('ended', reconcile(next.ended, { key: 'id' }));
      setFeed('waiting', reconcile(next.waiting, { key: 'id' }));
      setFeed('next', next.next);
      setKnown(true);
    });
  };

  const takeArrived = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (isListing || arrived.length === 0) return;
    const events = arrived;
    arrived = [];
    const conditions = { filter: filter(), held: held() };
    const next = events.reduce((before, event) => follow(before, event, conditions), current);
    announceFailures(events, current);
    show(next);
  };

  const reload = async (): Promise<void> => {
    asked += 1;
    const turn = asked;
    isListing = true;
    try {
      const page = await api.requests.list.query(toInput(filter()));
      if (turn !== asked) return;
      batch(() => {
        setFailure(null);
        setMissed(false);
        show(feedOf(page));
      });
      if (isUnfiltered(filter())) remember(page);
    } catch (error) {
      // The link comes back by itself, and the list with it.
      if (turn === asked && !isConnectionLoss(error)) {
        setFailure(toFailure(error, 'The requests could not be listed.'));
      }
    } finally {
      if (turn === asked) {
        isListing = false;
        takeArrived();
      }
    }
  };

  const loadOlder = async (): Promise<void> => {
    const { next } = current;
    if (next === null || isLoadingOlder() || isListing) return;
    const turn = asked;
    setLoadingOlder(true);
    try {
      const page = await api.requests.list.query({ ...toInput(filter()), before: next });
      if (turn === asked && current.next === next) show(withOlder(current, page));
    } catch (error) {
      if (!isConnectionLoss(error)) setFailure(toFailure(error, 'Older requests could not be listed.'));
    } finally {
      setLoadingOlder(false);
    }
  };

  /** What was under way when the connection was lost may have ended, and must not look as if it went on. */
  const lookAtRunning = async (): Promise<void> => {
    const found = await Promise.all(current.running.map(({ id }) => eventFor(id)));
    arrived.push(...found.filter((event) => event !== null));
    takeArrived();
  };

  const listAgain = (): void => {
    if (!held() || !isKnown()) {
      void reload();
      return;
    }
    setMissed(true);
    void lookAtRunning();
  };

  followRequests({
    onStarted: listAgain,
    onEvent: (event) => {
      arrived.push(event);
      timer ??= setTimeout(takeArrived, showEveryMs);
    },
  });
  onCleanup(() => clearTimeout(timer));

  createEffect(
    on(
      filter,
      () => {
        current = nothing;
        batch(() => {
          setKnown(false);
          setFailure(null);
        });
        void reload();
      },
      { defer: true },
    ),
  );
  createEffect(
    on(
      held,
      (isHeld) => {
        if (isHeld) return;
        if (missed()) void reload();
        else if (isKnown()) show(settle(current, filter()));
      },
      { defer: true },
    ),
  );
  void recall().then((page) => {
    if (page !== undefined && !isKnown() && isUnfiltered(filter())) show(feedOf(page));
  });

  return { feed, isKnown, failure, missed, isLoadingOlder, loadOlder, reload };
}

/** A request as it is now, as if it had just been heard of; null where the agent cannot be asked. */
async function eventFor(id: string): Promise<RequestEvent | null> {
  try {
    const { record } = await api.requests.get.query({ id });
    return { type: 'changed', record };
  } catch (error) {
    return isConnectionLoss(error) ? null : { type: 'removed', ids: [id] };
  }
}

/** Failures alone are worth interrupting somebody who hears the page. */
function announceFailures(events: readonly RequestEvent[], before: RequestFeed): void {
  const wasRunning = new Set([...before.running, ...before.waiting].map(({ id }) => id));
  for (const event of events) {
    if (event.type === 'changed' && event.record.state === 'failed' && wasRunning.has(event.record.id)) {
      const { requesterName, modelId } = event.record;
      announce(`A request of ${requesterName} to ${modelName(modelId)} failed.`);
    }
  }
}

/** For a page that is opened while the Mac is away. */
function remember(page: RequestPage): void {
  void write('values', rememberedKey, page);
}

function recall(): Promise<RequestPage | undefined> {
  return read<RequestPage>('values', rememberedKey);
}

import type { RequestEvent } from '@impetus/contracts/records';
import { onCleanup } from 'solid-js';
import { api } from '../api/client.ts';
import { backoff } from '../lib/backoff.ts';

/** Something on screen that follows requests. */
export interface RequestListener {
  /** From now on nothing is missed; what happened before has to be asked for, again after each loss. */
  onStarted(): void;
  onEvent(event: RequestEvent): void;
}

const listeners = new Set<RequestListener>();
let stop: (() => void) | undefined;
let isStarted = false;

/** Follows requests for as long as the caller lives; all who do share one subscription. */
export function followRequests(listener: RequestListener): void {
  listeners.add(listener);
  if (stop === undefined) stop = subscribe();
  else if (isStarted) listener.onStarted();
  onCleanup(() => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = undefined;
    isStarted = false;
  });
}

/** The link resumes by itself after a loss; this begins again when the agent ended it. */
function subscribe(): () => void {
  let subscription: { unsubscribe(): void } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  const again = (): void => {
    isStarted = false;
    tries += 1;
    timer = setTimeout(begin, backoff(tries));
  };
  const begin = (): void => {
    subscription = api.requests.watch.subscribe(undefined, {
      onStarted: () => {
        isStarted = true;
        for (const listener of listeners) listener.onStarted();
      },
      onData: (event) => {
        tries = 0;
        for (const listener of listeners) listener.onEvent(event);
      },
      onError: again,
      onComplete: again,
    });
  };
  begin();
  return () => {
    clearTimeout(timer);
    subscription?.unsubscribe();
  };
}

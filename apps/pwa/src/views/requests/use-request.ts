import type { CapturedText, RequestRecord } from '@impetus/contracts/records';
import { batch, createSignal, type Accessor } from 'solid-js';
import { createStore, reconcile, unwrap } from 'solid-js/store';
import { api } from '../../api/client.ts';
import { isConnectionLoss, toFailure, type Failure } from '../../api/failure.ts';
import { followRequests } from '../../state/request-events.ts';
import { isRunning } from '../../state/request-feed.ts';

/** One request, followed until it ends. */
export interface FollowedRequest {
  /** Null until it was heard of. */
  readonly record: Accessor<RequestRecord | null>;
  /** Null where none is kept, undefined until that is known. */
  readonly text: Accessor<CapturedText | null | undefined>;
  readonly isMissing: Accessor<boolean>;
  readonly failure: Accessor<Failure | null>;
  reload(): Promise<void>;
}

/** `listed`: what a list knows of it already. */
export function useRequest(id: string, listed: RequestRecord | null): FollowedRequest {
  const [store, setStore] = createStore<{ record: RequestRecord | null }>({
    record: listed === null ? null : { ...unwrap(listed) },
  });
  const [text, setText] = createSignal<CapturedText | null>();
  const [isMissing, setMissing] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);

  const reload = async (): Promise<void> => {
    try {
      const detail = await api.requests.get.query({ id });
      batch(() => {
        setStore('record', reconcile(detail.record));
        setText(detail.text);
        setMissing(false);
        setFailure(null);
      });
    } catch (error) {
      if (isConnectionLoss(error)) return;
      const problem = toFailure(error, 'This request could not be fetched.');
      if (problem.code === 'not_found') setMissing(true);
      else setFailure(problem);
    }
  };

  followRequests({
    onStarted: () => void reload(),
    onEvent: (event) => {
      if (event.type === 'removed') {
        if (event.ids.includes(id)) setMissing(true);
        return;
      }
      const { record } = event;
      if (record.id !== id) return;
      const { record: before } = store;
      setStore('record', reconcile(record));
      // What was written is stored when it ends; and may be forgotten later.
      const isOver = !isRunning(record) && (before === null || isRunning(before));
      if (isOver || before?.captured !== record.captured) void reload();
    },
  });

  return { record: () => store.record, text, isMissing, failure, reload };
}

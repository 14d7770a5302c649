import './request-list.css';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import Square from 'lucide-solid/icons/square';
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  Index,
  lazy,
  onCleanup,
  Show,
  Suspense,
  type JSX,
} from 'solid-js';
import { AsOf } from '../../components/as-of/as-of.tsx';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatCount, formatDay } from '../../lib/format.ts';
import { moveBetween } from '../../lib/move-between.ts';
import { awayReason } from '../../state/actions.ts';
import { agentState } from '../../state/agent-state.ts';
import { shownAsOf } from '../../state/connection.ts';
import { groupRequests, type RequestFilter } from '../../state/request-feed.ts';
import { workOf } from '../../state/work.ts';
import { NoRequests } from './no-requests.tsx';
import { RequestFilters } from './request-filters.tsx';
import { RequestRow } from './request-row.tsx';
import { RequestsUnknown } from './requests-unknown.tsx';
import { useHold } from './use-hold.ts';
import type { Requests } from './use-requests.ts';

const RunningStopSheet = lazy(() => import('../shell/running-stop-sheet.tsx'));

/** This far from the end the next page is fetched. */
const fetchAhead = '600px';

export interface RequestListProps {
  readonly requests: Requests;
  readonly currentId: string | null;
  readonly filter: RequestFilter;
  readonly onFilter: (filter: RequestFilter) => void;
  /** Whether somebody is reading or touching the list, so that nothing in it may move. */
  readonly onHold: (held: boolean) => void;
}

/** Every request, those under way on top, as they come. */
export function RequestList(props: RequestListProps): JSX.Element {
  const now = useNow();
  const [body, setBody] = createSignal<HTMLElement>();
  const hold = useHold(body);
  createEffect(() => props.onHold(hold.isHeld()));

  const groups = createMemo(() => groupRequests(props.requests.feed, (at) => formatDay(at, now())));
  const [isStopping, setStopping] = createSignal(false);
  const isBusy = (): boolean => {
    const { active, queued } = workOf(agentState.runners);
    return active + queued > 0;
  };
  const newWords = (): string => {
    const count = props.requests.feed.waiting.length;
    if (props.requests.missed()) return 'Show what is new';
    return count === 0 ? '' : `${formatCount(count)} new`;
  };
  const showNew = (): void => {
    hold.release();
    // The button is gone; who pressed it by keyboard goes on from the first row.
    body()?.querySelector<HTMLElement>('.request-row')?.focus({ preventScroll: true });
  };

  return (
    <section class="request-list" aria-label="Requests">
      <header class="request-list-head">
        <div class="page-title">
          <h1>Requests</h1>
          <AsOf at={shownAsOf()} />
        </div>
        <Show when={isBusy()}>
          <Button
            kind="danger"
            size="small"
            icon={<Square />}
            disabledReason={awayReason()}
            onPress={() => setStopping(true)}
          >
            Stop all answers…
          </Button>
        </Show>
        <RequestFilters filter={props.filter} feed={props.requests.feed} onChange={props.onFilter} />
      </header>
      <div class="request-list-frame">
        <Show when={newWords()}>
          {(words) => (
            <button type="button" class="request-list-new" onClick={showNew}>
              <ArrowUp />
              {words()}
            </button>
          )}
        </Show>
        <div
          class="request-list-body"
          ref={setBody}
          onKeyDown={(event) => moveBetween(event, '.request-row')}
        >
          <Show when={props.requests.failure()}>
            {(failure) => (
              <div class="request-list-failure">
                <ErrorPanel failure={failure()}>
                  <Button
                    size="small"
                    disabledReason={awayReason()}
                    onPress={() => void props.requests.reload()}
                  >
                    Try again
                  </Button>
                </ErrorPanel>
              </div>
            )}
          </Show>
          <Show
            when={props.requests.isKnown()}
            fallback={<RequestsUnknown hasFailed={props.requests.failure() !== null} />}
          >
            <Show
              when={groups().length > 0}
              fallback={<NoRequests filter={props.filter} onFilter={props.onFilter} />}
            >
              <Index each={groups()}>
                {(group) => (
                  <section class="request-group">
                    <h2>{group().heading}</h2>
                    <ul>
                      <For each={group().records}>
                        {(record) => <RequestRow record={record} isCurrent={record.id === props.currentId} />}
                      </For>
                    </ul>
                  </section>
                )}
              </Index>
              <Older requests={props.requests} body={body()} />
            </Show>
          </Show>
        </div>
      </div>
      <Suspense>
        <Show when={isStopping()}>
          <RunningStopSheet onClose={() => setStopping(false)} />
        </Show>
      </Suspense>
    </section>
  );
}

/** The way to older ones: fetched when the end comes into sight, or by its button. */
function Older(props: { readonly requests: Requests; readonly body: HTMLElement | undefined }): JSX.Element {
  const [end, setEnd] = createSignal<HTMLElement>();
  createEffect(() => {
    const target = end();
    if (target === undefined || props.body === undefined || awayReason() !== null) return;
    // A page that does not fill the view leaves the end in sight: look anew after each one.
    void props.requests.feed.next;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) void props.requests.loadOlder();
      },
      { root: props.body, rootMargin: fetchAhead },
    );
    observer.observe(target);
    onCleanup(() => observer.disconnect());
  });
  return (
    <Show when={props.requests.feed.next !== null}>
      <div class="request-list-older" ref={setEnd}>
        <Button
          disabledReason={props.requests.isLoadingOlder() ? 'Older requests are on their way.' : awayReason()}
          onPress={() => void props.requests.loadOlder()}
        >
          Show older
        </Button>
      </div>
    </Show>
  );
}

import './audit-page.css';
import type { AuditEntry } from '@impetus/contracts/audit';
import Download from 'lucide-solid/icons/download';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import ScrollText from 'lucide-solid/icons/scroll-text';
import { createEffect, createMemo, createSignal, For, onCleanup, Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { ListPage } from '../../components/list-page/list-page.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatDay } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import {
  everything,
  exportPath,
  isEverything,
  toFilter,
  type AuditChoice,
} from '../../state/audit-filter.ts';
import { shownAsOf } from '../../state/connection.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { NeedsScope } from '../access/forbidden.tsx';
import { NotYet } from '../access/not-yet.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditRow } from './audit-row.tsx';
import { useAudit, type AuditLog } from './use-audit.ts';

/** This far from the end the next page is fetched. */
const fetchAhead = '600px';

/** Who did what, when, from where. */
export default function AuditPage(): JSX.Element {
  usePageTitle('Audit');
  return (
    <NeedsScope scope="admin" what="The audit log">
      <Audit />
    </NeedsScope>
  );
}

function Audit(): JSX.Element {
  const [choice, setChoice] = createSignal<AuditChoice>(everything);
  const [body, setBody] = createSignal<HTMLElement>();
  // Spans are counted from when they were chosen, so that pages of one list belong together.
  const filter = createMemo(() => toFilter(choice(), Date.now()));
  const log = useAudit(filter);
  return (
    <ListPage
      title="Audit"
      asOf={shownAsOf()}
      bodyRef={setBody}
      action={
        <span class="audit-actions">
          <IconButton
            label="Look for new entries"
            disabledReason={awayReason()}
            onPress={() => void log.reload()}
          >
            <RefreshCw />
          </IconButton>
          <Show when={awayReason() === null}>
            <a
              class="button"
              data-size="small"
              href={exportPath(filter())}
              download="audit.jsonl"
              rel="external"
            >
              <Download />
              <span>Export</span>
            </a>
          </Show>
        </span>
      }
      filters={<AuditFilters choice={choice()} facets={log.facets()} onChange={setChoice} />}
    >
      <Show when={log.entries()} fallback={<NotYet fetched={log} what="The audit log" rows={8} />}>
        {(entries) => (
          <>
            <Show when={log.failure()}>{(failure) => <ErrorPanel failure={failure()} />}</Show>
            <Show
              when={entries().length > 0}
              fallback={<Nothing choice={choice()} onShowAll={() => setChoice(everything)} />}
            >
              <Days entries={entries()} />
              <More log={log} body={body()} />
            </Show>
          </>
        )}
      </Show>
    </ListPage>
  );
}

function Days(props: { readonly entries: readonly AuditEntry[] }): JSX.Element {
  const now = useNow();
  // The headings change at midnight, not with every tick of the clock.
  const midnight = createMemo(() => new Date(now()).setHours(0, 0, 0, 0));
  const days = createMemo(() => [
    ...Map.groupBy(props.entries, ({ lastAt }) => formatDay(Date.parse(lastAt), midnight())).entries(),
  ]);
  return (
    <For each={days().map(([day]) => day)}>
      {(day) => (
        <section class="list-group">
          <h2>{day}</h2>
          <ul>
            <For each={days().find(([other]) => other === day)?.[1]}>
              {(entry) => <AuditRow entry={entry} />}
            </For>
          </ul>
        </section>
      )}
    </For>
  );
}

function More(props: { readonly log: AuditLog; readonly body: HTMLElement | undefined }): JSX.Element {
  const [end, setEnd] = createSignal<HTMLElement>();
  createEffect(() => {
    const target = end();
    if (target === undefined || props.body === undefined || awayReason() !== null) return;
    // A page that does not fill the view leaves the end in sight: look anew after each one.
    void props.log.entries();
    const observer = new IntersectionObserver(
      (found) => {
        if (found.some(({ isIntersecting }) => isIntersecting)) void props.log.loadMore();
      },
      { root: props.body, rootMargin: fetchAhead },
    );
    observer.observe(target);
    onCleanup(() => observer.disconnect());
  });
  return (
    <Show when={props.log.hasMore()}>
      <div class="audit-more" ref={setEnd}>
        <Button
          disabledReason={props.log.isLoadingMore() ? 'Older entries are on their way.' : awayReason()}
          onPress={() => void props.log.loadMore()}
        >
          Show older
        </Button>
      </div>
    </Show>
  );
}

function Nothing(props: { readonly choice: AuditChoice; readonly onShowAll: () => void }): JSX.Element {
  return (
    <Show
      when={!isEverything(props.choice)}
      fallback={
        <EmptyState
          icon={<ScrollText />}
          title="Nothing yet"
          text="Whatever somebody changes, and every try that was refused, is written down here."
        />
      }
    >
      <EmptyState title="Nothing matches" text="Nothing of this kind happened in that time.">
        <Button onPress={props.onShowAll}>Show everything</Button>
      </EmptyState>
    </Show>
  );
}

import './requests-page.css';
import type { RequestRecord } from '@impetus/contracts/records';
import { useNavigate, useParams } from '@solidjs/router';
import { createSignal, lazy, Show, Suspense, type JSX } from 'solid-js';
import { useMedia } from '../../lib/media.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { everyRequest, type RequestFilter } from '../../state/request-feed.ts';
import { NeedsScope } from '../access/forbidden.tsx';
import { RequestDetail } from './request-detail.tsx';
import { RequestList } from './request-list.tsx';
import { RequestsHint } from './requests-hint.tsx';
import { useRequests } from './use-requests.ts';

const RequestSheet = lazy(() => import('./request-sheet.tsx'));

/** What the Mac was asked, is asked and is about to be asked; beside it or over it one request. */
export default function RequestsPage(): JSX.Element {
  usePageTitle('Requests');
  return (
    <NeedsScope scope="admin" what="The list of requests">
      <RequestsView />
    </NeedsScope>
  );
}

function RequestsView(): JSX.Element {
  const params = useParams<{ id?: string }>();
  const navigate = useNavigate();
  const hasBoth = useMedia('(width >= 1280px)');
  const [filter, setFilter] = createSignal<RequestFilter>(everyRequest);
  const [held, setHeld] = createSignal(false);
  const requests = useRequests(filter, held);
  const listed = (id: string): RequestRecord | null =>
    [...requests.feed.running, ...requests.feed.ended].find((record) => record.id === id) ?? null;
  const hasSome = (): boolean => requests.feed.running.length + requests.feed.ended.length > 0;
  return (
    <div class="requests" data-both={hasBoth() || undefined}>
      <RequestList
        requests={requests}
        currentId={params.id ?? null}
        filter={filter()}
        onFilter={setFilter}
        onHold={setHeld}
      />
      <Show when={hasBoth()}>
        <div class="requests-detail">
          <Show when={params.id} fallback={hasSome() && <RequestsHint />} keyed>
            {(id) => <RequestDetail id={id} listed={listed(id)} />}
          </Show>
        </div>
      </Show>
      <Suspense>
        <Show when={!hasBoth() && params.id} keyed>
          {(id) => (
            <RequestSheet
              id={id}
              listed={listed(id)}
              onClose={() => navigate('/requests', { replace: true })}
            />
          )}
        </Show>
      </Suspense>
    </div>
  );
}

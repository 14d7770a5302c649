import '../models/model-detail.css';
import './repo-detail.css';
import type { HubQuant, HubRepoDetail } from '@impetus/contracts/hub';
import ExternalLink from 'lucide-solid/icons/external-link';
import { createMemo, createSignal, lazy, Show, Suspense, type JSX } from 'solid-js';
import { BackLink } from '../../components/back-link/back-link.tsx';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Facts } from '../../components/facts/facts.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatAge, formatCount, formatParameters, formatTokens } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import { isConnected } from '../../state/connection.ts';
import { accessNotice } from '../../state/hub/hub-words.ts';
import { useRepo, type RepoState } from '../../state/hub/repo-state.ts';
import { QuantFit } from './quant-fit.tsx';
import { QuantList } from './quant-list.tsx';

const Markdown = lazy(() => import('../../components/markdown/markdown.tsx'));

export interface RepoDetailProps {
  readonly repo: string;
  readonly onBack: () => void;
}

/** One repo: what its files would take here, the way to have one, and what its author says. */
export default function RepoDetail(props: RepoDetailProps): JSX.Element {
  const state = useRepo(() => props.repo);
  return (
    <div class="repo-detail">
      <BackLink href="/search" label="Find models" />
      <Show when={state.detail()} fallback={<Unknown repo={props.repo} state={state} />}>
        {(detail) => <Detail detail={detail()} state={state} />}
      </Show>
    </div>
  );
}

function Unknown(props: { readonly repo: string; readonly state: RepoState }): JSX.Element {
  return (
    <Show
      when={props.state.failure()}
      fallback={
        <Show when={!isConnected()} fallback={<Skeleton rows={5} label="Reading the repo" />}>
          <ErrorPanel
            failure={{
              what: `${props.repo} cannot be looked at now.`,
              why: awayReason(),
              remedy: 'On the Downloads page you can ask for it by name until the Mac is back.',
            }}
          />
        </Show>
      }
    >
      {(failure) => (
        <ErrorPanel failure={failure()}>
          <Button size="small" disabledReason={awayReason()} onPress={props.state.reload}>
            Try again
          </Button>
        </ErrorPanel>
      )}
    </Show>
  );
}

function Detail(props: { readonly detail: HubRepoDetail; readonly state: RepoState }): JSX.Element {
  const now = useNow();
  const [chosenKey, setChosenKey] = createSignal<string | null>(null);
  const chosen = createMemo<HubQuant | undefined>(() => {
    const { quants } = props.detail;
    return (
      quants.find(({ key }) => key === chosenKey()) ??
      quants.find(({ recommended }) => recommended) ??
      quants[0]
    );
  });
  const facts = () => {
    const { licence, parameters, contextLength, architecture, downloads, likes, updatedAt, revision } =
      props.detail;
    const { licenceUrl = null } = props.state.card() ?? {};
    return [
      {
        term: 'Licence',
        value:
          licenceUrl === null ? (
            (licence ?? 'Not stated')
          ) : (
            <a class="link" href={licenceUrl} target="_blank" rel="noopener noreferrer nofollow">
              {licence ?? licenceUrl}
            </a>
          ),
      },
      ...(parameters === null ? [] : [{ term: 'Parameters', value: formatParameters(parameters) }]),
      ...(architecture === null ? [] : [{ term: 'Architecture', value: architecture }]),
      ...(contextLength === null
        ? []
        : [{ term: 'Trained for', value: `${formatTokens(contextLength)} of context` }]),
      { term: 'Asked for', value: `${formatCount(downloads)} downloads, ${formatCount(likes)} likes` },
      ...(updatedAt === null ? [] : [{ term: 'Changed', value: formatAge(Date.parse(updatedAt), now()) }]),
      { term: 'Revision', value: revision, mono: true },
    ];
  };
  return (
    <article aria-label={props.detail.repo}>
      <header class="repo-head">
        <h1>{props.detail.name}</h1>
        <p>
          <span>{props.detail.author ?? 'No owner'}</span>
          <a class="link" href={props.detail.url} target="_blank" rel="noopener noreferrer nofollow">
            On the Hub
            <ExternalLink />
          </a>
        </p>
      </header>
      <Access detail={props.detail} />
      <Show when={props.detail.notice}>
        {(notice) => (
          <ErrorPanel
            failure={{ what: 'IMPETUS cannot run the files of this repo.', why: notice(), remedy: null }}
          />
        )}
      </Show>
      <Show when={chosen()}>
        {(quant) => (
          <section class="model-detail-card repo-quants" aria-label="Files">
            <QuantList detail={props.detail} chosen={quant()} onChoose={setChosenKey} />
            <QuantFit detail={props.detail} quant={quant()} />
          </section>
        )}
      </Show>
      <section class="model-detail-card">
        <h2>About</h2>
        <Facts facts={facts()} />
      </section>
      <Card state={props.state} />
    </article>
  );
}

function Access(props: { readonly detail: HubRepoDetail }): JSX.Element {
  return (
    <Show when={accessNotice(props.detail)}>
      {(notice) => (
        <ErrorPanel failure={{ what: notice().what, why: null, remedy: notice().remedy }}>
          <Show
            when={notice().where === 'hub'}
            fallback={
              <a class="button" data-kind="plain" data-size="small" href="/settings#settings-hub">
                <span>Enter a token</span>
              </a>
            }
          >
            <a
              class="button"
              data-kind="plain"
              data-size="small"
              href={props.detail.url}
              target="_blank"
              rel="noopener noreferrer nofollow"
            >
              <ExternalLink />
              <span>Open its page</span>
            </a>
          </Show>
        </ErrorPanel>
      )}
    </Show>
  );
}

/** What its author says, in the page's own letters: nothing in it runs, and no picture is fetched. */
function Card(props: { readonly state: RepoState }): JSX.Element {
  return (
    <>
      <Show when={props.state.cardFailure()}>{(failure) => <ErrorPanel failure={failure()} />}</Show>
      <Show when={props.state.card()}>
        {(card) => (
          <Show when={card().text.trim()}>
            <section class="model-detail-card repo-card" aria-label="Card">
              <Suspense fallback={<Skeleton rows={4} label="Reading its card" />}>
                <Markdown text={card().text} baseUrl={card().baseUrl} />
              </Suspense>
            </section>
          </Show>
        )}
      </Show>
    </>
  );
}

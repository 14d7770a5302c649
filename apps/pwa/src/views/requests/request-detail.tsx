import './request-detail.css';
import type { RequestRecord } from '@impetus/contracts/records';
import { Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Facts } from '../../components/facts/facts.tsx';
import { Progress } from '../../components/progress/progress.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatMoment } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import { findRunner, macName, modelName } from '../../state/agent-state.ts';
import { connection, isConnected } from '../../state/connection.ts';
import { remedyFor, viewRequest, type Remedy } from '../../state/request-words.ts';
import { timelineOf } from '../../state/request-timeline.ts';
import { modelPath } from '../models/model-path.ts';
import { callFacts, tokenFacts } from './request-facts.tsx';
import { RequestText } from './request-text.tsx';
import { Timeline } from './timeline.tsx';
import { useRequest } from './use-request.ts';

export interface RequestDetailProps {
  readonly id: string;
  /** What the list knows of it already. */
  readonly listed: RequestRecord | null;
}

/** One request: where its time went, what it cost, how it ended, and its text where that was kept. */
export function RequestDetail(props: RequestDetailProps): JSX.Element {
  const request = useRequest(props.id, props.listed);
  return (
    <div class="request-detail">
      <Show when={!request.isMissing()} fallback={<Gone />}>
        <Show when={request.record()} fallback={<Unknown request={request} />}>
          {(record) => (
            <article aria-label={`Request to ${modelName(record().modelId)}`}>
              <Head record={record()} />
              <Problem record={record()} />
              <TimeCard record={record()} />
              <TokenCard record={record()} />
              <section class="request-detail-card">
                <h3>Request</h3>
                <Facts facts={callFacts(record())} />
              </section>
              <RequestText record={record()} text={request.text()} />
            </article>
          )}
        </Show>
      </Show>
    </div>
  );
}

function Head(props: { readonly record: RequestRecord }): JSX.Element {
  const now = useNow();
  const view = () => viewRequest(props.record, findRunner(props.record.modelId), isConnected());
  return (
    <header class="request-detail-head">
      <h2>{modelName(props.record.modelId)}</h2>
      <p class="request-detail-state">
        <StateLabel kind={view().kind}>{view().words}</StateLabel>
        <span>{formatMoment(Date.parse(props.record.startedAt), now())}</span>
      </p>
      <div class="request-detail-progress">
        <Show when={view().progress}>
          {(progress) => <Progress label={progress().label} value={progress().value} />}
        </Show>
      </div>
    </header>
  );
}

function Problem(props: { readonly record: RequestRecord }): JSX.Element {
  const remedy = () => (props.record.error === null ? null : remedyFor(props.record.error.code));
  return (
    <Show when={props.record.state === 'failed' && props.record.error}>
      {(error) => (
        <ErrorPanel
          failure={{
            what: 'The request was not answered.',
            why: error().message,
            remedy: remedy()?.text ?? null,
          }}
        >
          <Show when={remedy()}>
            {(way) => <WayOut place={way().place} modelId={props.record.modelId} />}
          </Show>
        </ErrorPanel>
      )}
    </Show>
  );
}

/** The link to where something can be done. */
function WayOut(props: { readonly place: Remedy['place']; readonly modelId: string }): JSX.Element {
  const ways: Record<Remedy['place'], { readonly href: string; readonly words: string }> = {
    limits: { href: '/settings', words: 'Open Settings' },
    model: { href: modelPath(props.modelId), words: 'Open the model' },
    models: { href: '/models', words: 'Open Models' },
  };
  return (
    <a class="request-detail-link" href={ways[props.place].href}>
      {ways[props.place].words}
    </a>
  );
}

function TimeCard(props: { readonly record: RequestRecord }): JSX.Element {
  const stretches = () => timelineOf(props.record);
  return (
    <section class="request-detail-card">
      <h3>Time</h3>
      <Show
        when={stretches().length > 0}
        fallback={
          <p class="request-detail-note">
            {props.record.endedAt === null
              ? 'Nothing is measured yet.'
              : 'It ended before a runner took it: there is nothing to measure.'}
          </p>
        }
      >
        <Timeline stretches={stretches()} />
      </Show>
    </section>
  );
}

function TokenCard(props: { readonly record: RequestRecord }): JSX.Element {
  return (
    <Show when={props.record.promptTokens !== null}>
      <section class="request-detail-card">
        <h3>Tokens</h3>
        <Facts facts={tokenFacts(props.record)} />
      </section>
    </Show>
  );
}

function Gone(): JSX.Element {
  return (
    <EmptyState
      title="This request is not here"
      text="Records are kept for as long as Settings say, and are then forgotten."
    />
  );
}

function Unknown(props: { readonly request: ReturnType<typeof useRequest> }): JSX.Element {
  const failure = () =>
    props.request.failure() ??
    (connection().kind === 'away'
      ? {
          what: 'This request could not be fetched.',
          why: `${macName()} does not answer; details are fetched when it is back.`,
          remedy: null,
        }
      : null);
  return (
    <Show when={failure()} fallback={<Skeleton rows={4} label="Loading the request" />}>
      {(shown) => (
        <ErrorPanel failure={shown()}>
          <Button size="small" disabledReason={awayReason()} onPress={() => void props.request.reload()}>
            Try again
          </Button>
        </ErrorPanel>
      )}
    </Show>
  );
}

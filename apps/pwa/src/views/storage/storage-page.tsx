import '../models/model-detail.css';
import './storage-page.css';
import type { ModelFolder, ReclaimReport } from '@impetus/contracts/library';
import { createEffect, createSignal, For, on, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { isConnectionLoss, toFailure, type Failure } from '../../api/failure.ts';
import { Badge } from '../../components/badge/badge.tsx';
import { Button } from '../../components/button/button.tsx';
import { ColumnPage } from '../../components/column-page/column-page.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatAge, formatBytes, formatCount } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import { agentState, findModel, macName, modelName } from '../../state/agent-state.ts';
import { connection } from '../../state/connection.ts';
import { wantRemoved } from '../../state/library/remove-wish.ts';
import { sourceNames } from '../../state/library/words.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { may } from '../../state/rights.ts';
import { modelPath } from '../models/model-path.ts';

/** What the library takes on the disk, and what could be freed. */
export default function StoragePage(): JSX.Element {
  const [report, setReport] = createSignal<ReclaimReport | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const ask = async (): Promise<void> => {
    setFailure(null);
    try {
      setReport(await api.library.reclaim.query());
    } catch (error) {
      if (!isConnectionLoss(error)) setFailure(toFailure(error, 'The disk use could not be found out.'));
    }
  };
  usePageTitle('Disk use');
  // What was removed, found or hashed changes what could be freed.
  createEffect(on([() => connection().kind, () => agentState.models.length], () => void ask()));
  return (
    <ColumnPage back={{ href: '/models', label: 'Models' }}>
      <div class="page-title">
        <h1>Disk use</h1>
      </div>
      <Show when={failure()}>
        {(shown) => (
          <ErrorPanel failure={shown()}>
            <Button size="small" disabledReason={awayReason()} onPress={() => void ask()}>
              Try again
            </Button>
          </ErrorPanel>
        )}
      </Show>
      <Show when={report()} fallback={failure() === null && <Unknown />}>
        {(known) => <Report report={known()} />}
      </Show>
    </ColumnPage>
  );
}

function Unknown(): JSX.Element {
  return (
    <Show
      when={connection().kind === 'away'}
      fallback={<Skeleton rows={5} label="Finding out the disk use" />}
    >
      <ErrorPanel
        failure={{
          what: 'The disk use is not known now.',
          why: `${macName()} does not answer.`,
          remedy: 'It is looked up when the Mac is back.',
        }}
      />
    </Show>
  );
}

function Report(props: { readonly report: ReclaimReport }): JSX.Element {
  const now = useNow();
  const unfinishedBytes = () => props.report.partials.reduce((sum, { bytes }) => sum + bytes, 0);
  const isClean = (): boolean => {
    const { duplicates, unused, partials } = props.report;
    return duplicates.length + unused.length + partials.length === 0;
  };
  return (
    <>
      <section class="model-detail-card">
        <h2>{formatBytes(props.report.totalBytes)} of models</h2>
        <ul class="storage-list">
          <For each={props.report.folders.filter(isOfInterest)}>
            {(folder) => (
              <li>
                <span class="storage-name">
                  <span class="mono">{folder.path}</span>
                  <Show when={!folder.present}>
                    <Badge>Not there</Badge>
                  </Show>
                </span>
                <span>{formatBytes(folder.sizeBytes)}</span>
                <span class="storage-note">
                  {[
                    folder.main ? 'Downloads and uploads go here' : sourceNames[folder.source],
                    `${formatCount(folder.models)} ${folder.models === 1 ? 'model' : 'models'}`,
                    folder.freeBytes === null ? '' : `${formatBytes(folder.freeBytes)} free on its disk`,
                    folder.writable ? '' : 'used where it lies, never written',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                <For each={folder.linkedFolders}>
                  {(link) => (
                    <span class="storage-note">
                      <span class="mono">{link}</span> is a link to a folder and was not followed. Add that
                      folder to the watched ones in{' '}
                      <a class="link" href="/settings">
                        Settings
                      </a>{' '}
                      to have its models.
                    </span>
                  )}
                </For>
              </li>
            )}
          </For>
          <li>
            <span class="storage-name">Prompt cache</span>
            <span>{formatBytes(props.report.promptCacheBytes)}</span>
            <span class="storage-note">
              States of conversations that lost their place in memory.{' '}
              <a class="link" href="/settings">
                Settings
              </a>
            </span>
          </li>
        </ul>
      </section>
      <Show when={props.report.unhashed > 0}>
        <p class="model-detail-note">
          {formatCount(props.report.unhashed)} files are still being compared; more duplicates may show.
        </p>
      </Show>
      <Show when={props.report.duplicates.length > 0}>
        <section class="model-detail-card">
          <h2>The same content twice</h2>
          <ul class="storage-list">
            <For each={props.report.duplicates}>
              {({ keep, others, bytes }) => (
                <li>
                  <span class="storage-name">
                    <a class="link" href={modelPath(keep)}>
                      {modelName(keep)}
                    </a>
                  </span>
                  <span>{formatBytes(bytes)}</span>
                  <span class="storage-note">
                    Also as {others.map(modelName).join(', ')}
                    <For each={others}>
                      {(id) => <span class="mono storage-path">{findModel(id)?.path}</span>}
                    </For>
                  </span>
                  <Remove ids={others} label={`Remove what is twice of ${modelName(keep)}`} />
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <Show when={props.report.unused.length > 0}>
        <section class="model-detail-card">
          <h2>Not asked for in {formatCount(props.report.unusedDays)} days</h2>
          <ul class="storage-list">
            <For each={props.report.unused}>
              {({ id, bytes, lastUsedAt }) => (
                <li>
                  <span class="storage-name">
                    <a class="link" href={modelPath(id)}>
                      {modelName(id)}
                    </a>
                  </span>
                  <span>{formatBytes(bytes)}</span>
                  <span class="storage-note">
                    {lastUsedAt === null
                      ? 'Never asked for'
                      : `Last ${formatAge(Date.parse(lastUsedAt), now())}`}
                  </span>
                  <Remove ids={[id]} label={`Remove ${modelName(id)}`} />
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <Show when={props.report.partials.length > 0}>
        <section class="model-detail-card">
          <h2>Not finished</h2>
          <ul class="storage-list">
            <li>
              <span class="storage-name">Downloads and uploads under way</span>
              <span>{formatBytes(unfinishedBytes())}</span>
              <span class="storage-note">
                <a class="link" href="/downloads">
                  Go on with them, or drop them, on Downloads
                </a>
              </span>
            </li>
          </ul>
        </section>
      </Show>
      <Show when={isClean()}>
        <p class="model-detail-note">Nothing is there twice, unused or unfinished.</p>
      </Show>
    </>
  );
}

/** Programs that are not on this Mac have nothing to say here; a folder of the owner's that is gone has. */
function isOfInterest({ present, main, source }: ModelFolder): boolean {
  return present || main || source === 'folder';
}

function Remove(props: { readonly ids: readonly string[]; readonly label: string }): JSX.Element {
  return (
    <Show when={may('remove')}>
      <span class="storage-action">
        <Button
          size="small"
          kind="danger"
          label={`${props.label}…`}
          disabledReason={awayReason()}
          onPress={() => wantRemoved(props.ids)}
        >
          Remove…
        </Button>
      </span>
    </Show>
  );
}

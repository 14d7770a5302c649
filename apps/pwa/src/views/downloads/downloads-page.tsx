import './downloads-page.css';
import type { Download } from '@impetus/contracts/downloads';
import ArrowDownToLine from 'lucide-solid/icons/arrow-down-to-line';
import Pause from 'lucide-solid/icons/pause';
import Play from 'lucide-solid/icons/play';
import Search from 'lucide-solid/icons/search';
import Settings2 from 'lucide-solid/icons/settings-2';
import { createMemo, createSignal, For, lazy, onCleanup, Show, Suspense, type JSX } from 'solid-js';
import { AsOf } from '../../components/as-of/as-of.tsx';
import { Button } from '../../components/button/button.tsx';
import { ColumnPage } from '../../components/column-page/column-page.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { awayReason } from '../../state/actions.ts';
import { agentState, isKnown, macName } from '../../state/agent-state.ts';
import { connection, isConnected, lookAgain, shownAsOf } from '../../state/connection.ts';
import {
  clearDoneDownloads,
  pauseAllDownloads,
  resumeAllDownloads,
} from '../../state/downloads/download-actions.ts';
import { isOver, totalWords } from '../../state/downloads/download-view.ts';
import { lookAtDownloads } from '../../state/downloads/watch-ends.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { may } from '../../state/rights.ts';
import { uploadRows } from '../../state/uploads/uploads.ts';
import { wishes } from '../../state/wishes.ts';
import { AddByName } from './add-by-name.tsx';
import { DownloadQueue } from './download-queue.tsx';
import { DownloadRow } from './download-row.tsx';
import { DropZone } from './drop-zone.tsx';
import { UploadButton } from './upload-button.tsx';
import { UploadRows } from './upload-rows.tsx';
import { WishRows } from './wish-rows.tsx';

const DownloadSettingsSheet = lazy(() => import('./download-settings-sheet.tsx'));

/** What is on its way into the library, from the Hub and from devices. */
export default function DownloadsPage(): JSX.Element {
  const [isSetting, setSetting] = createSignal(false);
  const queue = createMemo(() => agentState.downloads.filter((download) => !isOver(download)));
  const failed = createMemo(() => agentState.downloads.filter(({ state }) => state === 'failed'));
  const done = createMemo(() => agentState.downloads.filter(({ state }) => state === 'done'));
  const isEmpty = (): boolean => agentState.downloads.length + uploadRows().length + wishes().length === 0;
  usePageTitle('Downloads');
  lookAtDownloads(true);
  onCleanup(() => lookAtDownloads(false));
  return (
    <DropZone>
      <ColumnPage>
        <header class="downloads-head">
          <div class="page-title">
            <h1>Downloads</h1>
            <AsOf at={shownAsOf()} />
          </div>
          <Show when={may('download')}>
            <UploadButton />
          </Show>
          <IconButton label="How downloads run" opens="dialog" onPress={() => setSetting(true)}>
            <Settings2 />
          </IconButton>
        </header>
        <Show when={may('download')}>
          <AddByName />
        </Show>
        <WishRows />
        <Show when={isKnown()} fallback={<Unknown />}>
          <Show when={queue().length > 0}>
            <section class="downloads-group" aria-label="Under way">
              <div class="downloads-group-head">
                <h2>Under way</h2>
                <span class="downloads-total">{totalWords(queue(), isConnected())}</span>
                <Show when={may('download')}>
                  <PauseAll queue={queue()} />
                </Show>
              </div>
              <DownloadQueue queue={queue()} />
            </section>
          </Show>
          <UploadRows />
          <Show when={failed().length > 0}>
            <Ended heading="Failed" downloads={failed()} />
          </Show>
          <Show when={done().length > 0}>
            <Ended
              heading="Finished"
              downloads={done()}
              action={
                <Show when={may('download')}>
                  <Button
                    kind="quiet"
                    size="small"
                    disabledReason={awayReason()}
                    onPress={() => void clearDoneDownloads()}
                  >
                    Clear
                  </Button>
                </Show>
              }
            />
          </Show>
          <Show when={isEmpty()}>
            <Nothing />
          </Show>
        </Show>
        <Suspense>
          <Show when={isSetting()}>
            <DownloadSettingsSheet onClose={() => setSetting(false)} />
          </Show>
        </Suspense>
      </ColumnPage>
    </DropZone>
  );
}

function PauseAll(props: { readonly queue: readonly Download[] }): JSX.Element {
  const areStill = (): boolean => props.queue.every(({ state }) => state === 'paused');
  return (
    <Button
      kind="quiet"
      size="small"
      icon={areStill() ? <Play /> : <Pause />}
      disabledReason={awayReason()}
      onPress={() => void (areStill() ? resumeAllDownloads() : pauseAllDownloads())}
    >
      {areStill() ? 'Resume all' : 'Pause all'}
    </Button>
  );
}

function Ended(props: {
  readonly heading: string;
  readonly downloads: readonly Download[];
  readonly action?: JSX.Element;
}): JSX.Element {
  return (
    <section class="downloads-group" aria-label={props.heading}>
      <div class="downloads-group-head">
        <h2>{props.heading}</h2>
        <span class="downloads-total" />
        {props.action}
      </div>
      <ul>
        <For each={props.downloads}>
          {(download) => (
            <li>
              <DownloadRow download={download} />
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

function Unknown(): JSX.Element {
  return (
    <Show
      when={connection().kind === 'away'}
      fallback={<Skeleton rows={3} label="Loading the list of downloads" />}
    >
      <ErrorPanel
        failure={{
          what: 'The list of downloads could not be fetched.',
          why: `${macName()} does not answer, and this device has not seen the list before.`,
          remedy: 'What you ask for now is kept here until it is back.',
        }}
      >
        <Button size="small" onPress={lookAgain}>
          Try again
        </Button>
      </ErrorPanel>
    </Show>
  );
}

function Nothing(): JSX.Element {
  return (
    <EmptyState
      icon={<ArrowDownToLine />}
      title="Nothing is on its way"
      text="Models that you download from the Hub or send from a device are listed here until they are in the library."
    >
      <a class="button" data-kind="primary" data-size="normal" href="/search">
        <Search />
        <span>Find models</span>
      </a>
    </EmptyState>
  );
}

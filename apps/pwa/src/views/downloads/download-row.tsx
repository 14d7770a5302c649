import './download-row.css';
import type { Download } from '@impetus/contracts/downloads';
import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import ChevronsDown from 'lucide-solid/icons/chevrons-down';
import ChevronsUp from 'lucide-solid/icons/chevrons-up';
import Equal from 'lucide-solid/icons/equal';
import Pause from 'lucide-solid/icons/pause';
import Play from 'lucide-solid/icons/play';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import X from 'lucide-solid/icons/x';
import { createSignal, For, lazy, Show, Suspense, type JSX } from 'solid-js';
import { Badge } from '../../components/badge/badge.tsx';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { Menu, type MenuItem } from '../../components/menu/menu.tsx';
import { Progress } from '../../components/progress/progress.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { useNow } from '../../lib/clock.ts';
import { awayReason } from '../../state/actions.ts';
import { findModel } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import {
  cancelDownload,
  pauseDownload,
  prioritiseDownload,
  resumeDownload,
  retryDownload,
} from '../../state/downloads/download-actions.ts';
import {
  downloadName,
  fileName,
  fileWords,
  isOver,
  viewDownload,
} from '../../state/downloads/download-view.ts';
import { may } from '../../state/rights.ts';
import { showToast } from '../../state/toasts.ts';
import { modelPath } from '../models/model-path.ts';
import { repoPath } from '../search/repo-path.ts';

const CancelDownloadSheet = lazy(() => import('./cancel-download-sheet.tsx'));

export interface DownloadRowProps {
  readonly download: Download;
  /** What it is moved by, where it can be moved. */
  readonly handle?: JSX.Element;
  /** Moves it by one place. */
  readonly onStep?: (step: 1 | -1) => void;
}

/** One model on its way: how far, how fast, how long still, and what can be done about it. */
export function DownloadRow(props: DownloadRowProps): JSX.Element {
  const now = useNow();
  const [asks, setAsks] = createSignal(false);
  /** What came is not thrown away by one slip of a finger. */
  const cancel = (): void => {
    const { id, state, doneBytes } = props.download;
    if (state === 'done' || doneBytes === 0) void cancelDownload(id);
    else setAsks(true);
  };
  const view = () => viewDownload(props.download, isConnected(), now());
  const name = (): string => downloadName(props.download);
  const priority = (): string =>
    props.download.priority === 'normal' || isOver(props.download)
      ? ''
      : priorityNames[props.download.priority];
  return (
    <article
      class="download-row"
      aria-label={name()}
      data-handle={props.handle === undefined ? undefined : ''}
    >
      {props.handle}
      <div class="download-row-text">
        <p class="download-row-name">
          <Show when={arrivedModel(props.download)} fallback={<span class="truncate">{name()}</span>}>
            {(id) => (
              <a class="truncate link" href={modelPath(id())}>
                {name()}
              </a>
            )}
          </Show>
          <Show when={priority()}>{(words) => <Badge>{words()}</Badge>}</Show>
        </p>
        <p class="download-row-repo">
          <a class="truncate" href={repoPath(props.download.repo)}>
            {props.download.repo}
          </a>
        </p>
        <p class="download-row-state">
          <StateLabel kind={view().kind}>{view().words}</StateLabel>
          <span
            class="download-row-amounts"
            data-moves={props.download.state === 'downloading' ? '' : undefined}
          >
            <For each={view().amounts}>
              {(amount, index) => (
                <>
                  {index() > 0 && ' · '}
                  <span>{amount}</span>
                </>
              )}
            </For>
          </span>
        </p>
        <Show when={view().reason}>{(reason) => <p class="download-row-reason">{reason()}</p>}</Show>
        <Show when={view().progress !== null}>
          <Progress label={`${name()}: ${view().words}`} value={view().progress} />
        </Show>
        <Show when={props.download.files.length > 1 && !isOver(props.download)}>
          <Files download={props.download} />
        </Show>
      </div>
      <Show when={may('download')}>
        <div class="download-row-actions">
          <MainAction download={props.download} name={name()} />
          <Menu label={`More about ${name()}`} items={menuItems(props.download, cancel, props.onStep)} />
        </div>
      </Show>
      <Suspense>
        <Show when={asks()}>
          <CancelDownloadSheet download={props.download} onClose={() => setAsks(false)} />
        </Show>
      </Suspense>
    </article>
  );
}

const priorityNames = { high: 'High priority', normal: 'Normal priority', low: 'Low priority' } as const;

function arrivedModel({ modelId, state }: Download): string | undefined {
  return state === 'done' && modelId !== null ? findModel(modelId)?.id : undefined;
}

function MainAction(props: { readonly download: Download; readonly name: string }): JSX.Element {
  const act = (): { label: string; icon: JSX.Element; run: () => void } | null => {
    const { id, state, waitsFor } = props.download;
    switch (state) {
      case 'paused':
        return { label: `Resume ${props.name}`, icon: <Play />, run: () => void resumeDownload(id) };
      case 'failed':
        return {
          label: `Try again to download ${props.name}`,
          icon: <RotateCw />,
          run: () => void retryDownload(id),
        };
      case 'waiting':
        return triesAgain(waitsFor)
          ? { label: `Try ${props.name} now`, icon: <RotateCw />, run: () => void retryDownload(id) }
          : { label: `Pause ${props.name}`, icon: <Pause />, run: () => void pauseDownload(id) };
      case 'queued':
      case 'downloading':
        return { label: `Pause ${props.name}`, icon: <Pause />, run: () => void pauseDownload(id) };
      case 'finishing':
      case 'done':
        return null;
    }
  };
  return (
    <Show when={act()}>
      {(present) => (
        <IconButton label={present().label} disabledReason={awayReason()} onPress={() => present().run()}>
          {present().icon}
        </IconButton>
      )}
    </Show>
  );
}

/** Whether it goes on when something is there again, which whoever brought it may not want to wait for. */
function triesAgain(waitsFor: Download['waitsFor']): boolean {
  return waitsFor === 'retry' || waitsFor === 'disk' || waitsFor === 'folder';
}

function menuItems(
  download: Download,
  cancel: () => void,
  onStep: DownloadRowProps['onStep'],
): readonly MenuItem[] {
  const { id, priority, state, waitsFor } = download;
  const whenThere = (act: () => void) => (): void => {
    const reason = awayReason();
    if (reason === null) act();
    else showToast(reason);
  };
  if (isOver(download)) {
    return [
      {
        label: state === 'done' ? 'Take off the list' : 'Give up',
        icon: () => <X />,
        onSelect: whenThere(cancel),
      },
    ];
  }
  const steps: readonly MenuItem[] =
    onStep === undefined
      ? []
      : [
          { label: 'Move up', icon: () => <ArrowUp />, onSelect: whenThere(() => onStep(-1)) },
          { label: 'Move down', icon: () => <ArrowDown />, onSelect: whenThere(() => onStep(1)) },
        ];
  const priorities = (['high', 'normal', 'low'] as const)
    .filter((other) => other !== priority)
    .map((other) => ({
      label: priorityNames[other],
      icon: () => (other === 'high' ? <ChevronsUp /> : other === 'low' ? <ChevronsDown /> : <Equal />),
      onSelect: whenThere(() => void prioritiseDownload(id, other)),
    }));
  // Where the row's button tries again at once.
  const pause: readonly MenuItem[] = triesAgain(waitsFor)
    ? [{ label: 'Pause', icon: () => <Pause />, onSelect: whenThere(() => void pauseDownload(id)) }]
    : [];
  return [
    ...pause,
    ...steps,
    ...priorities,
    { label: 'Cancel', icon: () => <X />, danger: true, onSelect: whenThere(cancel) },
  ];
}

function Files(props: { readonly download: Download }): JSX.Element {
  return (
    <details class="download-row-files">
      <summary>{props.download.files.length} files</summary>
      <ul>
        <For each={props.download.files}>
          {(file) => (
            <li>
              <span class="truncate" title={file.path}>
                {fileName(file)}
              </span>
              <span>{fileWords(file)}</span>
              <Progress
                label={fileName(file)}
                value={file.sizeBytes === 0 ? 1 : file.doneBytes / file.sizeBytes}
              />
            </li>
          )}
        </For>
      </ul>
    </details>
  );
}

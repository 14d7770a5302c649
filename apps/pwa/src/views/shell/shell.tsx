import './shell.css';
import { useLocation } from '@solidjs/router';
import { createEffect, createSignal, ErrorBoundary, lazy, on, Show, Suspense, type JSX } from 'solid-js';
import { Mark } from '../../components/mark/mark.tsx';
import { Toaster } from '../../components/toaster/toaster.tsx';
import { macName } from '../../state/agent-state.ts';
import { announce, announcement } from '../../state/announcer.ts';
import { connection } from '../../state/connection.ts';
import { forgetRemoveWish, removeWish } from '../../state/library/remove-wish.ts';
import { dismissToast, showToast, toasts } from '../../state/toasts.ts';
import { applyUpdate, updateReady } from '../../state/update.ts';
import { Connection } from './connection.tsx';
import { Navigation } from './navigation.tsx';
import { PageFailed } from './page-failed.tsx';
import { Running } from './running.tsx';

const RunningSheet = lazy(() => import('./running-sheet.tsx'));
const RemoveSheet = lazy(() => import('../models/remove-sheet.tsx'));
const ConnectionSheet = lazy(() => import('./connection-sheet.tsx'));
const MoreSheet = lazy(() => import('./more-sheet.tsx'));

/** What stands around every page: the connection, the ways to the pages, what the Mac runs. */
export function Shell(props: { readonly children?: JSX.Element }): JSX.Element {
  const [sheet, setSheet] = createSignal<'running' | 'connection' | 'more' | null>(null);
  let main!: HTMLElement;

  announceConnection();
  offerUpdate();
  moveFocusWithPages(() => main);

  return (
    <div class="shell">
      <a class="shell-skip" href="#main" onClick={() => main.focus()}>
        Skip to the page
      </a>
      <header class="shell-top">
        <span class="shell-brand">
          <Mark size={20} />
          IMPETUS
        </span>
        <Connection onOpen={() => setSheet('connection')} />
      </header>
      <Navigation onMore={() => setSheet('more')} />
      <main class="shell-main" id="main" tabindex="-1" ref={main}>
        <ErrorBoundary fallback={<PageFailed />}>
          <Suspense>{props.children}</Suspense>
        </ErrorBoundary>
      </main>
      <section class="shell-running" aria-label="Running">
        <Running onOpen={() => setSheet('running')} />
      </section>
      <Toaster toasts={toasts()} onDismiss={dismissToast} />
      <div class="visually-hidden" role="status" aria-live="polite">
        {announcement()}
      </div>
      <Suspense>
        <Show when={sheet() === 'running'}>
          <RunningSheet onClose={() => setSheet(null)} />
        </Show>
        <Show when={sheet() === 'connection'}>
          <ConnectionSheet onClose={() => setSheet(null)} />
        </Show>
        <Show when={removeWish()} keyed>
          {(ids) => <RemoveSheet ids={ids} onClose={forgetRemoveWish} />}
        </Show>
        <Show when={sheet() === 'more'}>
          <MoreSheet onClose={() => setSheet(null)} />
        </Show>
      </Suspense>
    </div>
  );
}

/** The pill is seen; this is for those who hear the page. A short interruption is not worth the words. */
function announceConnection(): void {
  createEffect(
    on(
      () => connection().kind,
      (kind, before) => {
        if (before === undefined || kind === 'reconnecting') return;
        announce(kind === 'connected' ? `${macName()} is connected.` : `${macName()} is away.`);
      },
    ),
  );
}

/** The reader decides when the page changes under their hands. */
function offerUpdate(): void {
  createEffect(() => {
    if (updateReady())
      showToast('A new version is ready.', { label: 'Reload', run: applyUpdate, stays: true });
  });
}

/** A new page begins at its top, for the keyboard as well. */
function moveFocusWithPages(main: () => HTMLElement): void {
  const location = useLocation();
  const page = (): string => location.pathname.split('/', 2)[1] ?? '';
  createEffect(
    on(
      page,
      () => {
        queueMicrotask(() => {
          if (!main().contains(document.activeElement)) main().focus({ preventScroll: true });
          announce(document.title);
        });
      },
      { defer: true },
    ),
  );
}

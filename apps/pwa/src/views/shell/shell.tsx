import './shell.css';
import type { PairingView } from '@impetus/contracts/pairing';
import { useLocation, useNavigate } from '@solidjs/router';
import {
  createEffect,
  createSignal,
  ErrorBoundary,
  lazy,
  on,
  onCleanup,
  onMount,
  Show,
  Suspense,
  type JSX,
} from 'solid-js';
import { Mark } from '../../components/mark/mark.tsx';
import { Toaster } from '../../components/toaster/toaster.tsx';
import { handOnFocus } from '../../lib/hand-on-focus.ts';
import { macName } from '../../state/agent-state.ts';
import { announce, announcement } from '../../state/announcer.ts';
import { connection } from '../../state/connection.ts';
import { forgetRemoveWish, removeWish } from '../../state/library/remove-wish.ts';
import { pairingToDecide } from '../../state/pairings.ts';
import { session } from '../../state/session.ts';
import { dismissToast, showToast, toasts } from '../../state/toasts.ts';
import { applyUpdate, updateReady } from '../../state/update.ts';
import { Connection } from './connection.tsx';
import { Navigation } from './navigation.tsx';
import { PageFailed } from './page-failed.tsx';
import { Running } from './running.tsx';

const RunningSheet = lazy(() => import('./running-sheet.tsx'));
const RemoveSheet = lazy(() => import('../models/remove-sheet.tsx'));
const ConnectionSheet = lazy(() => import('./connection-sheet.tsx'));
const PairingPrompt = lazy(() => import('./pairing-prompt.tsx'));
const SignInPage = lazy(() => import('../gate/sign-in-page.tsx'));
const SignInSheet = lazy(() => import('../gate/sign-in-sheet.tsx'));
const MoreSheet = lazy(() => import('./more-sheet.tsx'));

/** Pages that stand by themselves: whoever opens them is not let in yet. */
const gates = new Set(['/setup', '/join']);

/** The reason is for whoever looks into the console; the page says what to do. */
function pageFailed(reason: unknown): JSX.Element {
  console.error(reason);
  return <PageFailed />;
}

/** What stands around every page: the connection, the ways to the pages, what the Mac runs. */
export function Shell(props: { readonly children?: JSX.Element }): JSX.Element {
  const location = useLocation();
  const isGate = (): boolean => gates.has(location.pathname.replace(/\/$/, ''));
  /** Nobody was signed in since the page was opened: there is nothing behind the question. */
  const mustSignIn = (): boolean => {
    const present = session();
    return present.kind === 'out' && !present.ended;
  };
  leadToSetup(isGate);
  offerUpdate();
  return (
    <>
      <Show when={isGate() || mustSignIn()} fallback={<Frame>{props.children}</Frame>}>
        <main class="shell-gate" id="main">
          <ErrorBoundary fallback={pageFailed}>
            <Suspense>
              <Show when={isGate()} fallback={<SignInPage />}>
                {props.children}
              </Show>
            </Suspense>
          </ErrorBoundary>
        </main>
      </Show>
      <Toaster toasts={toasts()} onDismiss={dismissToast} />
      <div class="visually-hidden" role="status" aria-live="polite">
        {announcement()}
      </div>
    </>
  );
}

function Frame(props: { readonly children?: JSX.Element }): JSX.Element {
  const [sheet, setSheet] = createSignal<'running' | 'connection' | 'more' | 'sign-in' | null>(null);
  let main!: HTMLElement;

  announceConnection();
  moveFocusWithPages(() => main);
  onMount(() => onCleanup(handOnFocus(main)));
  askToSignIn(setSheet);

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
        <ErrorBoundary fallback={pageFailed}>
          <Suspense>{props.children}</Suspense>
        </ErrorBoundary>
      </main>
      <section class="shell-running" aria-label="Running">
        <Running onOpen={() => setSheet('running')} />
      </section>
      <Suspense>
        <Show when={sheet() === 'running'}>
          <RunningSheet onClose={() => setSheet(null)} />
        </Show>
        <Show when={sheet() === 'connection'}>
          <ConnectionSheet onClose={() => setSheet(null)} onSignIn={() => setSheet('sign-in')} />
        </Show>
        <Show when={removeWish()} keyed>
          {(ids) => <RemoveSheet ids={ids} onClose={forgetRemoveWish} />}
        </Show>
        <Show when={sheet() === 'more'}>
          <MoreSheet onClose={() => setSheet(null)} />
        </Show>
        <Show when={sheet() === 'sign-in'}>
          <SignInSheet onClose={() => setSheet(null)} />
        </Show>
      </Suspense>
      <Prompt />
    </div>
  );
}

/** A device that asks to come in is shown wherever somebody may decide about it, once on each screen. */
function Prompt(): JSX.Element {
  const [aside, setAside] = createSignal<string | null>(null);
  const asking = (): PairingView | undefined => {
    const pairing = pairingToDecide();
    return pairing?.id === aside() ? undefined : pairing;
  };
  return (
    <Suspense>
      <Show when={asking()}>
        {(pairing) => <PairingPrompt pairing={pairing()} onClose={() => setAside(pairing().id)} />}
      </Show>
    </Suspense>
  );
}

/** Before there is an owner every address leads to the set-up. */
function leadToSetup(isGate: () => boolean): void {
  const navigate = useNavigate();
  createEffect(() => {
    if (session().kind === 'setup' && !isGate()) navigate('/setup', { replace: true });
  });
}

/** A session that ends while a page is open is asked for in place; signed in again, the question goes. */
function askToSignIn(setSheet: (sheet: 'sign-in' | null) => void): void {
  createEffect(
    on(
      () => session().kind,
      (kind, before) => {
        if (kind === 'out') {
          announce(`You are signed out of ${macName()}.`);
          setSheet('sign-in');
        } else if (before === 'out') setSheet(null);
      },
      { defer: true },
    ),
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

/** A new page begins at its top, for the keyboard as well; a list that is come back to, where it was left. */
function moveFocusWithPages(main: () => HTMLElement): void {
  const location = useLocation();
  const left = new Map<string, HTMLElement>();
  let page = pageOf(location.pathname);
  const isInSight = (element: Element | null | undefined): element is HTMLElement =>
    element instanceof HTMLElement &&
    element !== main() &&
    main().contains(element) &&
    element.checkVisibility();
  const remember = ({ target }: FocusEvent): void => {
    if (target instanceof HTMLElement && target !== main()) left.set(location.pathname, target);
  };
  onMount(() => main().addEventListener('focusin', remember));
  createEffect(
    on(
      () => location.pathname,
      (path) => {
        const isOther = pageOf(path) !== page;
        if (isOther) left.clear();
        page = pageOf(path);
        queueMicrotask(() => {
          const moves = !isInSight(document.activeElement);
          const known = left.get(path);
          if (moves) (isInSight(known) ? known : main()).focus({ preventScroll: true });
          if (moves || isOther) announce(document.title);
        });
      },
      { defer: true },
    ),
  );
}

function pageOf(path: string): string {
  return path.split('/', 2)[1] ?? '';
}

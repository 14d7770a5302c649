import { createEffect, createMemo, createRoot, createSignal } from 'solid-js';
import { readPreference, writePreference } from '../../lib/preferences.ts';
import { agentState, isKnown } from '../agent-state.ts';
import { announce } from '../announcer.ts';
import { setTitleNews } from '../page-title.ts';
import { attentionOf, attentionTitle, endOf } from './attention.ts';
import { isOver } from './download-view.ts';

const key = 'downloads-seen';
/** The agent keeps no more of those that ended than anybody looks through. */
const most = 200;

function stored(): ReadonlySet<string> | null {
  const text = readPreference(key);
  return text === null ? null : new Set(text.split('\n'));
}

const [seen, setSeen] = createSignal(stored());
const [isLookedAt, setLookedAt] = createSignal(false);

/** The page that lists downloads is open: what ends is seen there. */
export function lookAtDownloads(looking: boolean): void {
  setLookedAt(looking);
}

function markSeen(): void {
  const ends = agentState.downloads.filter(isOver).map(endOf).slice(0, most);
  setSeen(new Set(ends));
  writePreference(key, ends.join('\n'));
}

/** Installed, the app has a badge where the system shows one. */
function showBadge(count: number): void {
  const badge = navigator as Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>;
  const done = count > 0 ? badge.setAppBadge?.(count) : badge.clearAppBadge?.();
  // A browser may know of badges and have no place for one.
  done?.catch(() => {});
}

/** Says in the title and the badge what ended since somebody last looked. */
export function watchDownloadEnds(): void {
  createRoot(() => {
    const [isVisible, setVisible] = createSignal(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', () => setVisible(document.visibilityState === 'visible'));
    const attention = createMemo(() => attentionOf(agentState.downloads, seen() ?? new Set()));
    createEffect(() => {
      if (!isKnown()) return;
      // On a first visit nothing is news; with the list in sight, nothing stays news.
      const isSeen = seen() === null || (isLookedAt() && isVisible());
      const { done, failed } = attention();
      if (isSeen && (seen() === null || done.length + failed.length > 0)) markSeen();
    });
    createEffect<string>((before) => {
      const title = seen() === null ? '' : attentionTitle(attention());
      const { done, failed } = attention();
      setTitleNews(title);
      showBadge(seen() === null ? 0 : done.length + failed.length);
      if (title !== '' && title !== before) announce(`${title}.`);
      return title;
    }, '');
  });
}

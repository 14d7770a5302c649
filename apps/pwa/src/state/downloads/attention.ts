import type { Download } from '@impetus/contracts/downloads';
import { downloadName, isOver } from './download-view.ts';

/** What ended since somebody last looked, so that a title and a badge can say so. */
export interface Attention {
  readonly done: readonly Download[];
  readonly failed: readonly Download[];
}

/** Names an end once: the same download may fail, be tried again, and end again. */
export function endOf({ id, state, finishedAt }: Download): string {
  return `${id} ${state} ${finishedAt ?? ''}`;
}

export function attentionOf(downloads: readonly Download[], seen: ReadonlySet<string>): Attention {
  const fresh = downloads.filter((download) => isOver(download) && !seen.has(endOf(download)));
  return {
    done: fresh.filter(({ state }) => state === 'done'),
    failed: fresh.filter(({ state }) => state === 'failed'),
  };
}

/** What stands in the window's title before the page's name; failures first. */
export function attentionTitle({ done, failed }: Attention): string {
  const [failure] = failed;
  if (failure !== undefined) {
    return failed.length === 1 ? `${downloadName(failure)} failed` : `${failed.length} downloads failed`;
  }
  const [finished] = done;
  if (finished === undefined) return '';
  return done.length === 1 ? `${downloadName(finished)} is here` : `${done.length} models are here`;
}

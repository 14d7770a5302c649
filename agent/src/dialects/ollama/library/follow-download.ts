import { ImpetusError, type Download, type DownloadProgress, type StateEvent } from '@impetus/contracts';
import type { StateFeed } from '../../../events/types.ts';

/** How a download stands, again whenever that changes, until it has ended. Throws where it was taken off the list. */
export async function* followDownload(
  feed: Pick<StateFeed, 'subscribe'>,
  first: Download,
  signal: AbortSignal,
): AsyncGenerator<Download, void> {
  let current = first;
  yield current;
  if (hasEnded(current)) return;
  for await (const { event } of feed.subscribe(undefined, signal)) {
    const next = after(current, event);
    if (next === null) continue;
    if (next === 'gone') {
      throw new ImpetusError('cancelled', `The download of ${first.name} was cancelled.`);
    }
    current = next;
    yield current;
    if (hasEnded(current)) return;
  }
}

/** The download after an event; null where that did not touch it. */
export function after(before: Download, event: StateEvent): Download | 'gone' | null {
  if (event.type === 'snapshot' || event.type === 'downloads') {
    return event.downloads.find(({ id }) => id === before.id) ?? 'gone';
  }
  if (event.type !== 'download-progress') return null;
  const progress = event.progress.find(({ id }) => id === before.id);
  return progress === undefined ? null : moved(before, progress);
}

function moved(before: Download, { fileDoneBytes, ...progress }: DownloadProgress): Download {
  const files = before.files.map((file, index) => ({
    ...file,
    doneBytes: fileDoneBytes[index] ?? file.doneBytes,
  }));
  return { ...before, ...progress, files };
}

function hasEnded({ state }: Download): boolean {
  return state === 'done' || state === 'failed';
}

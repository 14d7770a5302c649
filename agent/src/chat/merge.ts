import { isPiece, joinPieces, type ChatEvent } from '@impetus/contracts';
import type { ChatItem } from './types.ts';

const isProgress = (event: ChatEvent | undefined) =>
  event?.kind === 'queued' || event?.kind === 'loading' || event?.kind === 'prefill';

/**
 * The next thing to tell a reader who has heard the first `position` events: deltas that have piled up become
 * one, and of piled-up progress only the newest counts. The answer's id is the position after it; null when
 * there is nothing new.
 */
export function nextItem(events: readonly ChatEvent[], position: number): ChatItem | null {
  let end = position;
  let event = events[end++];
  if (event === undefined) return null;
  while (isProgress(event) && isProgress(events[end])) event = events[end++] as ChatEvent;
  while (isPiece(event)) {
    const next = events[end];
    const joined: ChatEvent | null = next !== undefined && isPiece(next) ? joinPieces(event, next) : null;
    if (joined === null) break;
    event = joined;
    end += 1;
  }
  return { id: String(end), event };
}

import type { ChatEvent } from '@impetus/contracts';
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
  if (event.kind === 'delta') {
    let { text, tokens } = event;
    for (let next = events[end]; next?.kind === 'delta'; next = events[++end]) {
      text += next.text;
      tokens += next.tokens;
    }
    event = { kind: 'delta', text, tokens };
  }
  return { id: String(end), event };
}

import { setTimeout as delay } from 'node:timers/promises';
import type { GenerationEvent } from '@impetus/contracts';

/** A refusal that comes so soon gets its own status; what comes later can only be told in the stream. */
const decisionMs = 1_000;

/**
 * Waits until a request was let in or refused, for a moment at most: clients want headers soon. Throws the refusal.
 * What it answers goes on from there.
 */
export async function admitted(
  events: AsyncIterable<GenerationEvent>,
): Promise<AsyncGenerator<GenerationEvent, void>> {
  const iterator = events[Symbol.asyncIterator]();
  const timeUp = delay(decisionMs, null, { ref: false });
  for (;;) {
    const next = iterator.next();
    const result = await Promise.race([next, timeUp]);
    const isDecided =
      result === null ||
      result.done === true ||
      (result.value.kind !== 'queued' && result.value.kind !== 'loading');
    if (isDecided) return resumed(next, iterator);
  }
}

async function* resumed(
  first: Promise<IteratorResult<GenerationEvent>>,
  rest: AsyncIterator<GenerationEvent>,
): AsyncGenerator<GenerationEvent, void> {
  try {
    for (let next = await first; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

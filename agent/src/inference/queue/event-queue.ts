import { isPiece, joinPieces, type GenerationEvent } from '@impetus/contracts';

/**
 * What one request hears, between the runner that writes it and the client that reads it.
 * A client that reads slower than the model writes finds the pieces joined, so the queue stays short.
 */
export class EventQueue {
  #events: GenerationEvent[] = [];
  #wake: (() => void) | null = null;
  #ended = false;
  #error: Error | null = null;

  push(event: GenerationEvent): void {
    if (this.#ended) return;
    const joined = join(this.#events.at(-1), event);
    if (joined === null) this.#events.push(event);
    else this.#events[this.#events.length - 1] = joined;
    if (event.kind === 'end') this.#ended = true;
    this.#notify();
  }

  /** What was heard so far is still delivered, then the error is thrown. */
  fail(error: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#notify();
  }

  async *read(): AsyncGenerator<GenerationEvent, void> {
    for (;;) {
      const events = this.#events;
      this.#events = [];
      yield* events;
      if (this.#events.length > 0) continue;
      if (this.#error !== null) throw this.#error;
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = null;
  }
}

/** One event for two, where the second adds to the first or makes it outdated. */
function join(last: GenerationEvent | undefined, next: GenerationEvent): GenerationEvent | null {
  if (last === undefined || last.kind !== next.kind) return null;
  if (isPiece(last) && isPiece(next)) return joinPieces(last, next);
  return next.kind === 'queued' || next.kind === 'loading' || next.kind === 'prefill' ? next : null;
}

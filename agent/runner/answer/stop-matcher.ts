/** What a piece of text led to: text that is safe to send, and the stop string that ended it, if one did. */
export interface StopMatch {
  readonly text: string;
  readonly stop: string | null;
}

/**
 * Ends a text before the first of several stop strings, however tokens cut them.
 * Text that may be the beginning of a stop string is held back; `flush` returns it, so that none is ever lost.
 */
export class StopMatcher {
  readonly #stops: readonly string[];
  #held = '';

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop.length > 0);
  }

  get hasStops(): boolean {
    return this.#stops.length > 0;
  }

  /** Takes the next piece of text. After a match the matcher must not be used again. */
  push(piece: string): StopMatch {
    if (!this.hasStops) return { text: piece, stop: null };
    const text = this.#held + piece;
    const match = earliestMatch(text, this.#stops);
    if (match !== null) {
      this.#held = '';
      return { text: text.slice(0, match.index), stop: match.stop };
    }
    const keep = longestPartialEnd(text, this.#stops);
    this.#held = text.slice(text.length - keep);
    return { text: text.slice(0, text.length - keep), stop: null };
  }

  /** What was held back when the text ended by other means. */
  flush(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }
}

function earliestMatch(text: string, stops: readonly string[]): { index: number; stop: string } | null {
  let best: { index: number; stop: string } | null = null;
  for (const stop of stops) {
    const index = text.indexOf(stop);
    if (index >= 0 && (best === null || index < best.index)) best = { index, stop };
  }
  return best;
}

/** The length of the longest end of `text` that one of the stop strings begins with. */
function longestPartialEnd(text: string, stops: readonly string[]): number {
  const longest = Math.min(text.length, Math.max(...stops.map((stop) => stop.length)) - 1);
  for (let length = longest; length > 0; length -= 1) {
    const end = text.slice(text.length - length);
    if (stops.some((stop) => stop.startsWith(end))) return length;
  }
  return 0;
}

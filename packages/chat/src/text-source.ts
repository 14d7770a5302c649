/** A reader that stops where the text ends for now, and goes on when there is more. */
export type Reading<T = void> = Generator<void, T, void>;

/**
 * Text that comes in pieces, read as if it were there at once: a reader that needs more than there is waits.
 * So no reader can tell where the text was cut.
 */
export class TextSource {
  #text = '';
  #ended = false;
  /** Half of a character outside the basic plane, until its other half is here. */
  #half = '';
  #taken: string | null = null;

  push(text: string): void {
    const whole = this.#half + text;
    const last = whole.charCodeAt(whole.length - 1);
    const cut = last >= 0xd8_00 && last <= 0xdb_ff ? 1 : 0;
    this.#half = cut === 0 ? '' : whole.slice(-1);
    this.#text += cut === 0 ? whole : whole.slice(0, -1);
  }

  end(): void {
    this.#text += this.#half;
    this.#half = '';
    this.#ended = true;
  }

  /** What is here and not read yet. */
  get rest(): string {
    return this.#text;
  }

  /** Waits for more text; false: there is none. */
  *more(): Reading<boolean> {
    const before = this.#text.length;
    while (this.#text.length === before) {
      if (this.#ended) return false;
      yield;
    }
    return true;
  }

  /** Takes so many characters of what is here. */
  take(count: number): string {
    const taken = this.#text.slice(0, count);
    this.#text = this.#text.slice(count);
    if (this.#taken !== null) this.#taken += taken;
    return taken;
  }

  /** Remembers what is taken from now on; answers what was, and forgets it. */
  remember(): () => string {
    this.#taken = '';
    return () => {
      const taken = this.#taken ?? '';
      this.#taken = null;
      return taken;
    };
  }

  /** Waits until `judge` is certain of what is here; at the end of the text `maybe` is no. */
  *decide(judge: (rest: string) => 'yes' | 'no' | 'maybe'): Reading<boolean> {
    for (;;) {
      const verdict = judge(this.#text);
      if (verdict !== 'maybe') return verdict === 'yes';
      if (!(yield* this.more())) return false;
    }
  }

  /** The next character, not taken; null at the end. */
  *peek(): Reading<string | null> {
    if (this.#text === '' && !(yield* this.more())) return null;
    return this.#text[0] ?? null;
  }

  /** Takes everything that is left. */
  *all(): Reading<string> {
    while (yield* this.more());
    return this.take(this.#text.length);
  }

  /** Takes spaces and line ends. */
  *skipSpace(): Reading<string> {
    let skipped = '';
    for (;;) {
      const space = /^\s*/u.exec(this.#text)?.[0] ?? '';
      skipped += this.take(space.length);
      if (this.#text !== '' || !(yield* this.more())) return skipped;
    }
  }

  /** Whether the text goes on with `text`, which is not taken. */
  *startsWith(text: string): Reading<boolean> {
    for (;;) {
      if (this.#text.startsWith(text)) return true;
      if (!text.startsWith(this.#text) || !(yield* this.more())) return false;
    }
  }

  /** Takes `text` if the text goes on with it. */
  *accept(text: string): Reading<boolean> {
    const here = yield* this.startsWith(text);
    if (here) this.take(text.length);
    return here;
  }

  /**
   * Reads up to the first of several marks and takes it; what is before goes to `onText` as soon as it cannot be the
   * beginning of a mark. Answers the mark; null: the text ended. No mark may be the beginning of another.
   */
  *until(marks: readonly string[], onText: (text: string) => void): Reading<string | null> {
    for (;;) {
      const found = earliest(this.#text, marks);
      if (found !== null) {
        if (found.index > 0) onText(this.take(found.index));
        this.take(found.mark.length);
        return found.mark;
      }
      const certain = this.#text.length - longestPartialEnd(this.#text, marks);
      if (certain > 0) onText(this.take(certain));
      if (yield* this.more()) continue;
      if (this.#text !== '') onText(this.take(this.#text.length));
      return null;
    }
  }

  /** The same, with the text before in one piece. */
  *textUntil(marks: readonly string[]): Reading<{ readonly text: string; readonly mark: string | null }> {
    let text = '';
    const mark = yield* this.until(marks, (piece) => {
      text += piece;
    });
    return { text, mark };
  }
}

function earliest(text: string, marks: readonly string[]): { index: number; mark: string } | null {
  let best: { index: number; mark: string } | null = null;
  for (const mark of marks) {
    const index = text.indexOf(mark);
    if (index >= 0 && (best === null || index < best.index)) best = { index, mark };
  }
  return best;
}

/** The length of the longest end of `text` that one of the marks begins with. */
function longestPartialEnd(text: string, marks: readonly string[]): number {
  const longest = Math.min(text.length, Math.max(0, ...marks.map((mark) => mark.length - 1)));
  for (let length = longest; length > 0; length -= 1) {
    const end = text.slice(text.length - length);
    if (marks.some((mark) => mark.startsWith(end))) return length;
  }
  return 0;
}

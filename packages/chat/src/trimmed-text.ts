/** Text that comes in pieces, without the space at its end unless more text follows. */
export class TrimmedText {
  readonly #onText: (text: string) => void;
  #space = '';
  #dropping = false;

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  push(piece: string): void {
    let text = this.#space + piece;
    this.#space = '';
    if (this.#dropping) text = text.trimStart();
    if (text === '') return;
    this.#dropping = false;
    const end = text.trimEnd().length;
    this.#space = text.slice(end);
    if (end > 0) this.#onText(text.slice(0, end));
  }

  /** Space that comes before any more text is none of it. */
  dropSpaceInFront(): void {
    this.#space = '';
    this.#dropping = true;
  }

  /** Takes the space that is held back. */
  hold(): string {
    const space = this.#space;
    this.#space = '';
    return space;
  }

  /** The space at the end is text too. */
  keepSpace(): void {
    if (this.#space !== '' && !this.#dropping) this.#onText(this.#space);
    this.#space = '';
  }
}

const replacement = '\uFFFD';

/** A character of UTF-8 takes at most four bytes, so at most four byte tokens. */
const longestCharacter = 4;

/** How many earlier tokens the tokenizer needs to see for spaces between words to come out right. */
const contextTokens = 3;

/**
 * Turns tokens into text as they come. A token may end in the middle of a character: its text is held back
 * until the character is whole, so that a client never sees a broken one.
 */
export class TokenTextDecoder<Token> {
  readonly #detokenize: (tokens: readonly Token[], before: readonly Token[]) => string;
  #before: readonly Token[];
  #pending: Token[] = [];

  /** `before`: the end of the prompt. */
  constructor(
    detokenize: (tokens: readonly Token[], before: readonly Token[]) => string,
    before: readonly Token[],
  ) {
    this.#detokenize = detokenize;
    this.#before = before.slice(-contextTokens);
  }

  push(token: Token): string {
    this.#pending.push(token);
    const text = this.#detokenize(this.#pending, this.#before);
    if (text.endsWith(replacement) && this.#pending.length < longestCharacter) return '';
    return this.#take(text);
  }

  /** What is left when the text ends, a broken character included: nothing is swallowed. */
  flush(): string {
    if (this.#pending.length === 0) return '';
    return this.#take(this.#detokenize(this.#pending, this.#before));
  }

  #take(text: string): string {
    this.#before = [...this.#before, ...this.#pending].slice(-contextTokens);
    this.#pending = [];
    return text;
  }
}

import { StopMatcher } from './stop-matcher.ts';
import { TokenTextDecoder } from './text-decoder.ts';

/** A piece of an answer, and how many tokens it took. */
export interface Piece {
  readonly text: string;
  readonly tokens: number;
}

/** The text of an answer: tokens go in, and whenever somebody asks, text comes out, up to the first stop string. */
export class AnswerText<Token> {
  readonly #decoder: TokenTextDecoder<Token>;
  readonly #stops: StopMatcher;
  /** Only the text tells whether the answer ends: it has to be read after each token. */
  readonly endsByText: boolean;
  #unread: Token[] = [];
  #stopped = false;

  constructor(decoder: TokenTextDecoder<Token>, stops: readonly string[]) {
    this.#decoder = decoder;
    this.#stops = new StopMatcher(stops);
    this.endsByText = this.#stops.hasStops;
  }

  /** A stop string came; nothing follows. */
  get stopped(): boolean {
    return this.#stopped;
  }

  push(token: Token): void {
    this.#unread.push(token);
  }

  /** What came since the last reading and is safe to send. */
  read(): Piece {
    const tokens = this.#unread;
    this.#unread = [];
    let text = '';
    for (const token of tokens) text += this.#cut(this.#decoder.push(token));
    return { text, tokens: tokens.length };
  }

  /** What was held back, once no token follows. */
  end(): Piece {
    const { text, tokens } = this.read();
    const rest = text + this.#cut(this.#decoder.flush());
    return { text: this.#stopped ? rest : rest + this.#stops.flush(), tokens };
  }

  #cut(piece: string): string {
    if (this.#stopped) return '';
    const { text, stop } = this.#stops.push(piece);
    this.#stopped = stop !== null;
    return text;
  }
}

import { randomUUID } from 'node:crypto';
import type { AnswerParser, ParsedPiece } from '@impetus/chat';
import { joinPieces, type AnswerPiece, type TokenLogprob } from '@impetus/contracts';
import { StopMatcher } from './stop-matcher.ts';
import type { TokenTextDecoder } from './text-decoder.ts';

/** Where the answer turned: its thinking is over, or calls begin. Grammars take over there. */
export type Turn = Extract<ParsedPiece, { kind: 'thought' | 'calls' }>;

export interface AnswerReaderOptions<Token> {
  readonly decoder: TokenTextDecoder<Token>;
  /** The text ends before the first of these. */
  readonly stops: readonly string[];
  /** Null: all of it is text. */
  readonly parser: AnswerParser | null;
  /** Told as soon as a token has been read; only with `readEach`. */
  readonly onTurn?: (turn: Turn) => void;
  /** The answer ends with its first call. */
  readonly oneCall?: boolean;
  /** Space before the text is the model's habit and none of the text: a grammar has its say only behind it. */
  readonly dropsSpaceInFront?: boolean;
}

interface Unread<Token> {
  readonly token: Token;
  readonly logprob: TokenLogprob | null;
}

/**
 * An answer as it is written: tokens go in, and whenever somebody asks, pieces come out, up to the first stop string.
 * Each token is counted on the piece that it led to, or on an empty one where its text is held back.
 */
export class AnswerReader<Token> {
  readonly #options: AnswerReaderOptions<Token>;
  readonly #stops: StopMatcher;
  #unread: Unread<Token>[] = [];
  #pieces: AnswerPiece[] = [];
  #stopString: string | null = null;
  #calls = 0;
  #wholeCalls = 0;
  #reasoningTokens = 0;
  #dropping: boolean;

  constructor(options: AnswerReaderOptions<Token>) {
    this.#options = options;
    this.#stops = new StopMatcher(options.stops);
    this.#dropping = options.dropsSpaceInFront === true;
  }

  /** Only the text tells whether the answer ends: it has to be read after each token. */
  get endsByText(): boolean {
    return this.#stops.hasStops || this.#options.oneCall === true;
  }

  /** A stop string came, or the only call is whole; nothing follows. */
  get stopped(): boolean {
    return this.#stopString !== null || (this.#options.oneCall === true && this.#wholeCalls > 0);
  }

  get stopString(): string | null {
    return this.#stopString;
  }

  get wholeCalls(): number {
    return this.#wholeCalls;
  }

  get reasoningTokens(): number {
    return this.#reasoningTokens;
  }

  get thinking(): boolean {
    return this.#options.parser?.phase === 'reasoning';
  }

  push(token: Token, logprob: TokenLogprob | null = null): void {
    this.#unread.push({ token, logprob });
  }

  /** Reads what was pushed; the pieces are kept until they are taken. */
  read(): void {
    const unread = this.#unread;
    this.#unread = [];
    for (const one of unread) this.#readToken(one);
  }

  /** What came since the last time and is safe to send. */
  take(): readonly AnswerPiece[] {
    this.read();
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  /** What was held back, once no token follows. */
  end(): readonly AnswerPiece[] {
    this.read();
    const { parser, decoder } = this.#options;
    const rest = decoder.flush();
    const last = parser === null ? asText(rest) : [...parser.push(rest), ...parser.end()];
    for (const piece of last) this.#add(piece);
    if (!this.stopped) this.#tellText(this.#stops.flush());
    return this.take();
  }

  #readToken({ token, logprob }: Unread<Token>): void {
    const { parser, decoder } = this.#options;
    const thinking = this.thinking;
    const text = decoder.push(token);
    const before = this.#pieces.length;
    const last = this.#pieces.at(-1);
    for (const piece of parser === null ? asText(text) : parser.push(text)) this.#add(piece);
    if (thinking) this.#reasoningTokens += 1;
    const told = this.#pieces.length > before || this.#pieces.at(-1) !== last;
    if (logprob !== null && !thinking)
      this.#tell({ kind: 'delta', text: '', tokens: 1, logprobs: [logprob] });
    else if (told) this.#countOnLast();
    else this.#tell({ kind: thinking ? 'reasoning' : 'delta', text: '', tokens: 1 });
  }

  #add(piece: ParsedPiece): void {
    if (this.stopped) return;
    switch (piece.kind) {
      case 'text': {
        const said = this.#dropping ? piece.text.trimStart() : piece.text;
        if (said !== '') this.#dropping = false;
        const { text, stop } = this.#stops.push(said);
        this.#tellText(text);
        this.#stopString = stop;
        break;
      }
      case 'reasoning':
        this.#tell({ kind: 'reasoning', text: piece.text, tokens: 0 });
        break;
      case 'call':
        this.#calls += 1;
        this.#tell({ kind: 'tool-call', index: this.#index, id: newCallId(), name: piece.name, tokens: 0 });
        break;
      case 'arguments':
        this.#tell({ kind: 'tool-arguments', index: this.#index, text: piece.text, tokens: 0 });
        break;
      case 'call-end':
        this.#wholeCalls += 1;
        this.#tell({ kind: 'tool-call-end', index: this.#index, tokens: 0 });
        break;
      case 'thought':
      case 'calls':
        this.#options.onTurn?.(piece);
    }
  }

  get #index(): number {
    return this.#calls - 1;
  }

  #tellText(text: string): void {
    if (text !== '') this.#tell({ kind: 'delta', text, tokens: 0 });
  }

  #tell(piece: AnswerPiece): void {
    const last = this.#pieces.at(-1);
    const joined = last === undefined ? null : joinPieces(last, piece);
    if (joined === null) this.#pieces.push(piece);
    else this.#pieces[this.#pieces.length - 1] = joined;
  }

  #countOnLast(): void {
    const last = this.#pieces.at(-1);
    if (last !== undefined) this.#pieces[this.#pieces.length - 1] = { ...last, tokens: last.tokens + 1 };
  }
}

function asText(text: string): readonly ParsedPiece[] {
  return text === '' ? [] : [{ kind: 'text', text }];
}

const idLength = 24;

function newCallId(): string {
  return `call_${randomUUID().replaceAll('-', '').slice(0, idLength)}`;
}

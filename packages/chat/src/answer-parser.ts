import type { ChatFormat } from './format.ts';
import { readHarmony } from './harmony.ts';
import { NotThis } from './json-reader.ts';
import type { KnownTools, ParsedPiece } from './pieces.ts';
import { beginsAsCall, callMarks, pythonTag, readCalls, type MarkedSyntax } from './syntaxes/index.ts';
import { TextSource, type Reading } from './text-source.ts';
import { TrimmedText } from './trimmed-text.ts';

export interface AnswerParserOptions {
  readonly format: Pick<ChatFormat, 'tools' | 'thinking'>;
  /** Empty: nothing is a call. */
  readonly tools: KnownTools;
  /** The prompt has opened the thinking already. */
  readonly thinkingOpen: boolean;
}

/** What the text that comes next belongs to. */
export type AnswerPhase = 'start' | 'reasoning' | 'text' | 'calls';

/** Tells text, thinking and calls apart as an answer comes, wherever it is cut. */
export class AnswerParser {
  readonly #options: AnswerParserOptions;
  readonly #source = new TextSource();
  readonly #reading: Reading;
  #pieces: ParsedPiece[] = [];
  #phase: AnswerPhase;

  constructor(options: AnswerParserOptions) {
    this.#options = options;
    this.#phase = options.thinkingOpen ? 'reasoning' : 'start';
    this.#reading =
      options.format.tools.kind === 'harmony' ? this.#harmony() : this.#answer(options.format.tools);
  }

  get phase(): AnswerPhase {
    return this.#phase;
  }

  /** What is certain with this piece of the answer. */
  push(text: string): readonly ParsedPiece[] {
    this.#source.push(text);
    return this.#read();
  }

  /** The rest, once nothing follows. */
  end(): readonly ParsedPiece[] {
    this.#source.end();
    return this.#read();
  }

  #read(): readonly ParsedPiece[] {
    this.#reading.next();
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  readonly #emit = (piece: ParsedPiece): void => {
    this.#pieces.push(piece);
  };

  *#harmony(): Reading {
    yield* readHarmony(this.#source, this.#options.tools, this.#emit, (phase) => {
      this.#phase = phase;
    });
  }

  *#answer(syntax: MarkedSyntax): Reading {
    const said = yield* this.#thinking();
    this.#phase = 'text';
    const tell = (piece: string) => this.#emit({ kind: 'text', text: piece });
    if (this.#options.tools.size === 0) {
      if (said !== '') tell(said);
      yield* this.#source.until([], tell);
      return;
    }
    const text = new TrimmedText(tell);
    text.push(said);
    yield* this.#textAndCalls(syntax, text);
    text.keepSpace();
  }

  /** Answers the space that was read while there might have been thinking. */
  *#thinking(): Reading<string> {
    const { format, thinkingOpen } = this.#options;
    if (!thinkingOpen) {
      const space = yield* this.#source.skipSpace();
      if (!(yield* this.#source.accept(format.thinking.open))) return space;
    }
    this.#phase = 'reasoning';
    const thoughts = new TrimmedText((text) => this.#emit({ kind: 'reasoning', text }));
    thoughts.dropSpaceInFront();
    yield* this.#source.until([format.thinking.close], (text) => thoughts.push(text));
    this.#phase = 'text';
    this.#emit({ kind: 'thought', after: this.#source.rest });
    yield* this.#source.skipSpace();
    return '';
  }

  *#textAndCalls(syntax: MarkedSyntax, text: TrimmedText): Reading {
    const marks = callMarks(syntax);
    if (marks.length === 0) {
      const { tools } = this.#options;
      if (yield* this.#source.decide((rest) => beginsAsCall(syntax, rest, tools))) {
        yield* this.#calls(syntax, null, text);
      }
    }
    for (;;) {
      const mark = yield* this.#source.until(marks, (piece) => text.push(piece));
      if (mark === null) return;
      yield* this.#calls(syntax, mark, text);
    }
  }

  /** Calls, or the text that only looked like them. */
  *#calls(syntax: MarkedSyntax, mark: string | null, text: TrimmedText): Reading {
    const before = this.#pieces.length;
    const space = text.hold();
    const taken = this.#source.remember();
    let called = false;
    this.#phase = 'calls';
    this.#emit({ kind: 'calls', mark, tool: null, after: this.#source.rest });
    if (mark === null) yield* this.#skipPythonTag();
    try {
      yield* readCalls(this.#source, syntax, mark, this.#options.tools, (piece) => {
        called = true;
        this.#emit(piece);
      });
      taken();
      text.dropSpaceInFront();
    } catch (error) {
      if (!(error instanceof NotThis)) throw error;
      const raw = `${space}${mark ?? ''}${taken()}`;
      if (!called) {
        this.#takeBack(before);
        text.push(raw);
      }
    }
    this.#phase = 'text';
  }

  /** Nothing began after all. */
  #takeBack(before: number): void {
    this.#pieces = this.#pieces.filter(({ kind }, index) => index < before || kind !== 'calls');
  }

  *#skipPythonTag(): Reading {
    yield* this.#source.skipSpace();
    yield* this.#source.accept(pythonTag);
  }
}

import type { LlamaContextSequence, SequenceEvaluateMetadataOptions, Token } from 'node-llama-cpp';
import type { FinishReason, Generation, RunnerEvent } from '@impetus/contracts';
import { AnswerText, type Piece } from './answer-text.ts';
import type { Engine } from './engine.ts';
import type { TokenizedPrompt } from './prompt.ts';
import { evaluateOptions } from './sampling.ts';
import { TokenTextDecoder } from './text-decoder.ts';

const noMetadata: SequenceEvaluateMetadataOptions = {};

/** One request at work in its sequence: what it has read, what it has written. */
export class Run {
  readonly requestId: string;
  readonly prompt: readonly Token[];
  aborted = false;
  readonly #sequence: LlamaContextSequence;
  readonly #generation: Generation;
  readonly #cached: number;
  readonly #generated: Token[] = [];
  readonly #text: AnswerText<Token>;
  readonly #startedAt = performance.now();
  /** The most tokens it may write: what was asked for, or what the context has left. */
  readonly #limit: number;
  #firstTokenAt: number | null = null;
  #evaluated: number;
  #tokens: AsyncGenerator<{ readonly token: Token }, void> | null = null;
  #reason: FinishReason | null = null;
  #events: RunnerEvent[] = [];

  /** `cached`: how many tokens of the prompt the sequence already holds; always fewer than all. */
  constructor(
    requestId: string,
    engine: Engine,
    sequence: LlamaContextSequence,
    prompt: TokenizedPrompt,
    generation: Generation,
    cached: number,
  ) {
    this.requestId = requestId;
    this.prompt = prompt.tokens;
    this.#sequence = sequence;
    this.#generation = generation;
    this.#cached = cached;
    this.#evaluated = cached;
    const decoder = new TokenTextDecoder<Token>(
      (tokens, before) => engine.model.detokenize(tokens, false, before),
      prompt.tokens,
    );
    this.#text = new AnswerText(decoder, [...generation.stop, ...prompt.stop]);
    const room = sequence.contextSize - prompt.tokens.length;
    this.#limit = Math.min(generation.maxTokens ?? room, room);
    // Tells the client that it was let in, before a long prompt has been read.
    this.#tellProgress();
  }

  /** How many tokens of the prompt the sequence holds. */
  get evaluated(): number {
    return this.#evaluated;
  }

  get remaining(): number {
    return this.prompt.length - this.#evaluated;
  }

  get decoding(): boolean {
    return this.#tokens !== null;
  }

  /** There is nothing more to decode. */
  get ended(): boolean {
    return this.#reason !== null;
  }

  /** What the sequence holds can be copied between two steps. Tokens that are only guessed would go along. */
  get movable(): boolean {
    return this.#tokens === null || this.#sequence.tokenPredictor === undefined;
  }

  /** Reads `count` tokens of the prompt. The last chunk also yields the first token. */
  async prefill(count: number): Promise<void> {
    const chunk = this.prompt.slice(this.#evaluated, this.#evaluated + count);
    const last = count === this.remaining;
    if (last) this.#tokens = this.#sample(chunk);
    else await this.#sequence.evaluateWithoutGeneratingNewTokens(chunk);
    const first = last ? await this.#next() : null;
    this.#evaluated += count;
    this.#tellProgress();
    if (last) this.#take(first);
  }

  /** Decodes one token. */
  async step(): Promise<void> {
    this.#take(await this.#next());
  }

  /** What happened since it was asked last; texts are made only here, while the next step computes. */
  takeEvents(): readonly RunnerEvent[] {
    this.#tell(this.#text.read());
    if (this.#reason !== null) this.#finish(this.#reason);
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Ends the sampling; the sequence keeps its history for the next prompt that begins alike. */
  async close(): Promise<void> {
    await this.#tokens?.return();
    if (this.#sequence.tokenPredictor !== undefined) await this.#dropGuesses();
  }

  #sample(chunk: Token[]): AsyncGenerator<{ readonly token: Token }, void> {
    return this.#sequence.evaluateWithMetadata(chunk, noMetadata, {
      ...evaluateOptions(this.#generation.sampling, this.#generated),
      yieldEogToken: this.#generation.ignoreEnd === true,
    });
  }

  /** Null at the end of the text. */
  async #next(): Promise<Token | null> {
    const next = await this.#tokens?.next();
    this.#firstTokenAt ??= performance.now();
    return next === undefined || next.done === true ? null : next.value.token;
  }

  #take(token: Token | null): void {
    if (token === null) {
      this.#reason = 'stop';
      return;
    }
    this.#generated.push(token);
    this.#text.push(token);
    if (this.#generated.length >= this.#limit) this.#reason = 'length';
    if (!this.#text.endsByText) return;
    this.#tell(this.#text.read());
    if (this.#text.stopped) this.#reason = 'stop';
  }

  /** Tokens that were guessed and not checked yet lie behind the history. */
  async #dropGuesses(): Promise<void> {
    const { nextTokenIndex, contextSize } = this.#sequence;
    await this.#sequence.eraseContextTokenRanges([{ start: nextTokenIndex, end: contextSize }]);
  }

  #tellProgress(): void {
    this.#events.push({ kind: 'prefill', evaluated: this.#evaluated, total: this.prompt.length });
  }

  #tell({ text, tokens }: Piece): void {
    if (text !== '' || tokens > 0) this.#events.push({ kind: 'delta', text, tokens });
  }

  #finish(reason: FinishReason): void {
    this.#tell(this.#text.end());
    const now = performance.now();
    const firstTokenAt = this.#firstTokenAt ?? now;
    this.#events.push({
      kind: 'end',
      reason: this.#text.stopped ? 'stop' : reason,
      usage: {
        promptTokens: this.prompt.length,
        cachedTokens: this.#cached,
        completionTokens: this.#generated.length,
      },
      timings: { prefillMs: firstTokenAt - this.#startedAt, decodeMs: now - firstTokenAt },
    });
  }
}

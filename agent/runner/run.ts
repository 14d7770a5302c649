import type { LlamaContextSequence, SequenceEvaluateMetadataOptions, Token } from 'node-llama-cpp';
import { AnswerParser, knownTools } from '@impetus/chat';
import type { AnswerPiece, FinishReason, Generation, RunnerEvent, TokenLogprob } from '@impetus/contracts';
import { AnswerReader } from './answer/answer-reader.ts';
import { markTokens } from './answer/mark-tokens.ts';
import { TokenTextDecoder } from './answer/text-decoder.ts';
import type { Engine } from './engine.ts';
import { Steering } from './grammar/steering.ts';
import { LogprobSampling } from './logprobs/sampling.ts';
import { readWithChances } from './logprobs/prompt.ts';
import type { TokenizedPrompt } from './prompt.ts';
import { evaluateOptions, tokenBias, type EvaluateOptions } from './sampling.ts';

const noMetadata: SequenceEvaluateMetadataOptions = {};
const withProbabilities: SequenceEvaluateMetadataOptions = { probabilities: true };

interface Written {
  readonly token: Token;
  readonly logprob: TokenLogprob | null;
}

/** What the engine told of the next token. */
interface Sampled {
  readonly token: Token;
  readonly probabilities?: ReadonlyMap<Token, number>;
}

/** One request at work in its sequence: what it has read, what it has written. */
export class Run {
  readonly requestId: string;
  readonly prompt: readonly Token[];
  aborted = false;
  readonly #engine: Engine;
  readonly #sequence: LlamaContextSequence;
  readonly #generation: Generation;
  readonly #cached: number;
  readonly #generated: Token[] = [];
  readonly #answer: AnswerReader<Token>;
  readonly #steering: Steering;
  readonly #options: EvaluateOptions;
  /** Null: log probabilities were not asked for, and the engine chooses by itself. */
  readonly #logprobs: LogprobSampling | null;
  readonly #startedAt = performance.now();
  /** The most tokens it may write: what was asked for, or what the context has left. */
  readonly #limit: number;
  #firstTokenAt: number | null = null;
  #evaluated: number;
  #tokens: AsyncGenerator<Sampled, void, Token | undefined> | null = null;
  /** What was written in place of the token that the engine chose; undefined: nothing. */
  #replacement: Token | undefined;
  readonly #promptLogprobs: (TokenLogprob | null)[] | null;
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
    this.#engine = engine;
    this.#sequence = sequence;
    this.#generation = generation;
    this.#cached = cached;
    this.#evaluated = cached;
    const { model } = engine;
    this.#steering = new Steering(
      { ...engine.steering, guesses: sequence.tokenPredictor !== undefined },
      generation,
      prompt.chat,
    );
    this.#options = evaluateOptions((biases) => tokenBias(model, biases), generation, this.#generated);
    const { logprobs = null } = generation;
    this.#logprobs =
      logprobs === null ? null : new LogprobSampling(engine, this.#options, logprobs, this.#steering.state);
    this.#promptLogprobs = generation.echo === true && logprobs !== null ? [null] : null;
    this.#answer = new AnswerReader({
      decoder: new TokenTextDecoder<Token>(detokenizer(engine, prompt), prompt.tokens),
      stops: [...generation.stop, ...prompt.stop],
      parser: parserOf(prompt),
      onTurn: this.#steering.turn,
      oneCall: generation.prompt.kind === 'chat' && generation.prompt.parallelToolCalls === false,
      dropsSpaceInFront: prompt.chat !== null && typeof generation.grammar === 'string',
    });
    const room = sequence.contextSize - prompt.tokens.length;
    this.#limit = Math.min(generation.maxTokens ?? room, room);
    // Tells the client that it was let in, before a long prompt has been read.
    this.#tellProgress();
    if (generation.echo === true && this.#promptLogprobs === null) this.#tellPrompt(engine);
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
    if (this.#promptLogprobs !== null) await this.#readWithChances(chunk, last);
    else if (last && this.#limit > 0) this.#tokens = this.#sample(chunk);
    else await this.#sequence.evaluateWithoutGeneratingNewTokens(chunk);
    const first = this.#tokens === null ? null : await this.#next();
    this.#evaluated += count;
    this.#tellProgress();
    if (!last) return;
    if (this.#limit === 0) this.#reason = 'length';
    else this.#take(first);
  }

  /** As `prefill`, with the chances of the tokens that are read; the last one is read again to go on from. */
  async #readWithChances(chunk: Token[], last: boolean): Promise<void> {
    const told = this.#promptLogprobs ?? [];
    const begun = last ? chunk.slice(0, -1) : chunk;
    const followers = this.prompt.slice(this.#evaluated + 1, this.#evaluated + 1 + begun.length);
    told.push(...(await readWithChances(this.#engine, this.#sequence, begun, followers, this.#generation)));
    if (!last) return;
    this.#tellPrompt(this.#engine);
    const end = chunk.slice(-1);
    if (this.#limit > 0) this.#tokens = this.#sample(end);
    else await this.#sequence.evaluateWithoutGeneratingNewTokens(end);
  }

  /** Decodes one token. */
  async step(): Promise<void> {
    this.#take(await this.#next());
  }

  /** What happened since it was asked last; texts are made only here, while the next step computes. */
  takeEvents(): readonly RunnerEvent[] {
    this.#tell(this.#answer.take());
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

  #sample(chunk: Token[]): AsyncGenerator<Sampled, void, Token | undefined> {
    const ignoresEnd = this.#generation.ignoreEnd === true;
    if (this.#logprobs !== null) {
      // The engine tells what it would take; what is taken, the end included, is chosen from all of it.
      const options = { ...this.#options, temperature: 0, yieldEogToken: true };
      return this.#sequence.evaluateWithMetadata(chunk, withProbabilities, options);
    }
    return this.#sequence.evaluateWithMetadata(chunk, noMetadata, {
      ...this.#options,
      ...(this.#steering.constrains && { grammarEvaluationState: this.#steering.state }),
      yieldEogToken: ignoresEnd,
    });
  }

  /** Null at the end of the text. */
  async #next(): Promise<Written | null> {
    const next = await this.#tokens?.next(this.#replacement);
    this.#firstTokenAt ??= performance.now();
    if (next === undefined || next.done === true) return null;
    const chosen = this.#logprobs?.choose(next.value) ?? { token: next.value.token, logprob: null };
    if (this.#logprobs !== null && this.#generation.ignoreEnd !== true && this.#isEnd(chosen.token))
      return null;
    const token = this.#steering.next(chosen.token, this.#answer.thinking, this.#answer.reasoningTokens);
    this.#replacement = token === next.value.token ? undefined : token;
    return { token, logprob: chosen.logprob };
  }

  #isEnd(token: Token): boolean {
    return this.#engine.model.isEogToken(token);
  }

  #take(written: Written | null): void {
    if (written === null) {
      this.#reason = 'stop';
      return;
    }
    this.#generated.push(written.token);
    this.#answer.push(written.token, written.logprob);
    if (this.#generated.length >= this.#limit) this.#reason = 'length';
    if (!this.#answer.endsByText && !this.#steering.reads) return;
    this.#answer.read();
    if (this.#answer.stopped) this.#reason = 'stop';
  }

  /** Tokens that were guessed and not checked yet lie behind the history. */
  async #dropGuesses(): Promise<void> {
    const { nextTokenIndex, contextSize } = this.#sequence;
    await this.#sequence.eraseContextTokenRanges([{ start: nextTokenIndex, end: contextSize }]);
  }

  #tellProgress(): void {
    this.#events.push({ kind: 'prefill', evaluated: this.#evaluated, total: this.prompt.length });
  }

  #tellPrompt({ model }: Engine): void {
    // The token that begins every text is none of the client's.
    const first = this.prompt[0] === model.tokens.bos ? 1 : 0;
    const text = model.detokenize(this.prompt.slice(first), true);
    const logprobs = this.#promptLogprobs?.slice(first);
    this.#events.push({ kind: 'echo', text, ...(logprobs !== undefined && { logprobs }) });
  }

  #tell(pieces: readonly AnswerPiece[]): void {
    this.#events.push(...pieces);
  }

  #finish(reason: FinishReason): void {
    this.#tell(this.#answer.end());
    const now = performance.now();
    const firstTokenAt = this.#firstTokenAt ?? now;
    const { reasoningTokens, stopString } = this.#answer;
    this.#events.push({
      kind: 'end',
      reason: this.#finishReason(reason),
      ...(stopString !== null && { stopString }),
      usage: {
        promptTokens: this.prompt.length,
        cachedTokens: this.#cached,
        completionTokens: this.#generated.length,
        ...(reasoningTokens > 0 && { reasoningTokens }),
      },
      timings: { prefillMs: firstTokenAt - this.#startedAt, decodeMs: now - firstTokenAt },
    });
  }

  #finishReason(reason: FinishReason): FinishReason {
    const { stopped, wholeCalls } = this.#answer;
    if (reason === 'length' && !stopped) return 'length';
    return wholeCalls > 0 ? 'tool-calls' : 'stop';
  }
}

function parserOf({ chat }: TokenizedPrompt): AnswerParser | null {
  if (chat === null) return null;
  const { format, tools, thinkingOpen } = chat;
  return new AnswerParser({ format, tools: knownTools(tools), thinkingOpen });
}

/** Leaves control tokens out, but for those by which the answer is read. */
function detokenizer({ model, controlTokens }: Engine, { chat }: TokenizedPrompt) {
  const detokenize = (tokens: readonly Token[], before: readonly Token[]) =>
    model.detokenize(tokens, false, before);
  if (chat === null) return detokenize;
  const marks = markTokens(chat.format, controlTokens);
  return (tokens: readonly Token[], before: readonly Token[]) => {
    const last = tokens.at(-1);
    const mark = last === undefined ? undefined : marks.get(last);
    if (mark === undefined) return detokenize(tokens, before);
    return detokenize(tokens.slice(0, -1), before) + mark;
  };
}

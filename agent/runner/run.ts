import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { FinishReason, Generation, RunnerEvent } from '@impetus/contracts';
import type { Engine } from './engine.ts';
import { evaluateOptions } from './sampling.ts';
import { StopMatcher } from './stop-matcher.ts';
import { TokenTextDecoder } from './text-decoder.ts';

/** One request at work in its sequence: what it has read, what it has written. */
export class Run {
  readonly requestId: string;
  aborted = false;
  readonly #sequence: LlamaContextSequence;
  readonly #prompt: readonly Token[];
  readonly #generation: Generation;
  readonly #cached: number;
  readonly #generated: Token[] = [];
  readonly #decoder: TokenTextDecoder<Token>;
  readonly #stops: StopMatcher;
  readonly #startedAt = performance.now();
  /** The most tokens it may write: what was asked for, or what the context has left. */
  readonly #limit: number;
  #firstTokenAt: number | null = null;
  #evaluated: number;
  #tokens: AsyncGenerator<Token, void> | null = null;

  /** `cached`: how many tokens of the prompt the sequence already holds; always fewer than all. */
  constructor(
    requestId: string,
    engine: Engine,
    sequence: LlamaContextSequence,
    prompt: { readonly tokens: readonly Token[]; readonly stop: readonly string[] },
    generation: Generation,
    cached: number,
  ) {
    this.requestId = requestId;
    this.#sequence = sequence;
    this.#prompt = prompt.tokens;
    this.#generation = generation;
    this.#cached = cached;
    this.#evaluated = cached;
    this.#stops = new StopMatcher([...generation.stop, ...prompt.stop]);
    this.#decoder = new TokenTextDecoder(
      (tokens, before) => engine.model.detokenize(tokens, false, before),
      prompt.tokens,
    );
    const room = sequence.contextSize - prompt.tokens.length;
    this.#limit = Math.min(generation.maxTokens ?? room, room);
  }

  get remaining(): number {
    return this.#prompt.length - this.#evaluated;
  }

  get decoding(): boolean {
    return this.#tokens !== null;
  }

  /** Reads `count` tokens of the prompt. The last chunk also yields the first token. */
  async prefill(count: number): Promise<readonly RunnerEvent[]> {
    const chunk = this.#prompt.slice(this.#evaluated, this.#evaluated + count);
    const last = count === this.remaining;
    this.#evaluated += count;
    if (!last) {
      await this.#sequence.evaluateWithoutGeneratingNewTokens(chunk);
      return [this.progress()];
    }
    this.#tokens = this.#sequence.evaluate(chunk, {
      ...evaluateOptions(this.#generation.sampling, this.#generated),
      yieldEogToken: this.#generation.ignoreEnd === true,
    });
    const events = await this.step();
    return [this.progress(), ...events];
  }

  /** Decodes one token. An `end` is the last event that it returns. */
  async step(): Promise<readonly RunnerEvent[]> {
    const next = await this.#tokens?.next();
    this.#firstTokenAt ??= performance.now();
    if (next === undefined || next.done === true) return this.#finish('stop');
    this.#generated.push(next.value);
    const match = this.#stops.push(this.#decoder.push(next.value));
    const delta = this.#delta(match.text, 1);
    if (match.stop !== null) return [...delta, ...this.#end('stop')];
    if (this.#generated.length >= this.#limit) return [...delta, ...this.#finish('length')];
    return delta;
  }

  /** Ends the sampling; the sequence keeps its history for the next prompt that begins alike. */
  async close(): Promise<void> {
    await this.#tokens?.return();
  }

  #finish(reason: FinishReason): readonly RunnerEvent[] {
    const match = this.#stops.push(this.#decoder.flush());
    const rest = match.stop === null ? match.text + this.#stops.flush() : match.text;
    return [...this.#delta(rest, 0), ...this.#end(match.stop === null ? reason : 'stop')];
  }

  #delta(text: string, tokens: number): readonly RunnerEvent[] {
    return text === '' && tokens === 0 ? [] : [{ kind: 'delta', text, tokens }];
  }

  /** How much of the prompt was read. */
  progress(): RunnerEvent {
    return { kind: 'prefill', evaluated: this.#evaluated, total: this.#prompt.length };
  }

  #end(reason: FinishReason): readonly RunnerEvent[] {
    const now = performance.now();
    const firstTokenAt = this.#firstTokenAt ?? now;
    return [
      {
        kind: 'end',
        reason,
        usage: {
          promptTokens: this.#prompt.length,
          cachedTokens: this.#cached,
          completionTokens: this.#generated.length,
        },
        timings: { prefillMs: firstTokenAt - this.#startedAt, decodeMs: now - firstTokenAt },
      },
    ];
  }
}

import type { LlamaContext } from 'node-llama-cpp';
import {
  ImpetusError,
  toImpetusError,
  type Generation,
  type RunnerEvent,
  type RunnerEventFor,
} from '@impetus/contracts';
import type { Engine } from './engine.ts';
import { Place } from './place.ts';
import { chunkSize, planPrefill } from './plan.ts';
import type { Admission } from './prompt-cache/admission.ts';
import { PromptCache } from './prompt-cache/prompt-cache.ts';
import { tokenizePrompt, type TokenizedPrompt } from './prompt.ts';
import { ReadingSpeed } from './reading-speed.ts';
import { Run } from './run.ts';
import { sequenceOptions } from './speculation.ts';

interface Waiting {
  readonly requestId: string;
  readonly generation: Generation;
  readonly prompt: TokenizedPrompt;
  aborted: boolean;
  /** Another prompt that begins alike, and how much of it must have been read. */
  behind: { readonly run: Run; readonly until: number } | null;
}

/**
 * Runs requests side by side in the sequences of one context. All of them take each step together, in one batch,
 * in the order of their ids; prompts are read in chunks between, so that a long one does not stop the others.
 * What to do is decided in plan.ts and by the prompt cache; this loop carries it out.
 */
export class Scheduler {
  readonly #engine: Engine;
  readonly #places: readonly Place[];
  readonly #cache: PromptCache;
  readonly #speed = new ReadingSpeed();
  readonly #send: (events: readonly RunnerEventFor[]) => void;
  #waiting: Waiting[] = [];
  /** Runs in the order of their arrival. */
  #runs: Run[] = [];
  #outbox: RunnerEventFor[] = [];
  #loop: Promise<void> | null = null;
  #closing = false;
  #ended = 0;
  #readingSteps = 0;

  constructor(engine: Engine, context: LlamaContext, send: (events: readonly RunnerEventFor[]) => void) {
    this.#engine = engine;
    this.#send = send;
    this.#places = Array.from(
      { length: context.totalSequences },
      (_, id) => new Place(id, context.getSequence(sequenceOptions(engine, id))),
    );
    this.#cache = new PromptCache(engine, this.#places);
  }

  /** Takes a request. Whatever becomes of it is told by events, a refusal included. */
  generate(requestId: string, generation: Generation): void {
    if (this.#closing) return;
    try {
      const prompt = tokenizePrompt(this.#engine, generation.prompt);
      const limit = generation.mayFillContext === true ? null : generation.maxTokens;
      refuseWhatDoesNotFit(prompt.tokens.length, limit, this.#engine.facts.contextSize);
      this.#waiting.push({ requestId, generation, prompt, aborted: false, behind: null });
    } catch (error) {
      this.#post(requestId, [failure(error)]);
    }
    this.#wake();
  }

  /** Ends a request at the next step, wherever it is. */
  abort(requestId: string): void {
    for (const request of [...this.#waiting, ...this.#runs]) {
      if (request.requestId === requestId) request.aborted = true;
    }
    this.#wake();
  }

  /** Ends all work at the next step and keeps what is worth keeping on disk. Nobody is told of anything any more. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const request of [...this.#waiting, ...this.#runs]) request.aborted = true;
    await this.#loop;
    await this.#cache.close();
  }

  #wake(): void {
    this.#loop ??= this.#work().finally(() => {
      this.#loop = null;
    });
  }

  async #work(): Promise<void> {
    do {
      await this.#dropAborted();
      await this.#admit();
      const step = this.#step();
      // What the last step brought is turned into text and sent while this one computes.
      setImmediate(() => this.#tell());
      await step;
    } while (this.#waiting.length > 0 || this.#runs.length > 0);
    this.#tell();
  }

  async #dropAborted(): Promise<void> {
    for (const { requestId } of this.#waiting.filter(({ aborted }) => aborted)) {
      this.#post(requestId, [cancelled]);
    }
    this.#waiting = this.#waiting.filter(({ aborted }) => !aborted);
    for (const place of this.#places) {
      if (place.run?.aborted === true) await this.#release(place, place.run, cancelled);
    }
  }

  /** Lets in who can begin, in the order of their arrival. */
  async #admit(): Promise<void> {
    for (const waiting of this.#waiting) {
      if (waiting.aborted || this.#staysBehind(waiting)) continue;
      const admission = this.#cache.plan(waiting.prompt.tokens);
      if (admission.kind === 'full') return;
      if (admission.kind === 'wait') this.#wait(waiting, admission);
      else await this.#begin(waiting, admission);
    }
  }

  #staysBehind({ behind }: Waiting): boolean {
    return behind !== null && this.#runs.includes(behind.run) && behind.run.evaluated < behind.until;
  }

  #wait(waiting: Waiting, { place, until }: Extract<Admission, { kind: 'wait' }>): void {
    const run = this.#places[place]?.run;
    waiting.behind = run ? { run, until } : null;
  }

  async #begin(waiting: Waiting, admission: Extract<Admission, { kind: 'begin' }>): Promise<void> {
    const { requestId, prompt, generation } = waiting;
    const place = this.#places[admission.place];
    if (place === undefined) return;
    try {
      const held = await this.#cache.prepare(place, prompt.tokens, admission);
      // Chances of a prompt are only told of what is read anew.
      const readsAll = generation.echo === true && (generation.logprobs ?? null) !== null;
      if (readsAll) await place.sequence.clearHistory();
      const cached = readsAll ? 0 : held;
      const run = new Run(requestId, this.#engine, place.sequence, prompt, generation, cached);
      // It may have been aborted while its place was prepared.
      run.aborted = waiting.aborted;
      place.take(run);
      this.#runs.push(run);
    } catch (error) {
      this.#post(requestId, [failure(error)]);
      await this.#forget(place);
    }
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
  }

  /** One step of all sequences together. */
  async #step(): Promise<void> {
    const active = this.#places.filter(({ run }) => run !== null);
    const prompts = this.#runs.filter((run) => !run.decoding);
    const plan = this.#planPrefill(prompts, active.length - prompts.length);
    const startedAt = performance.now();
    await Promise.all(
      active.flatMap((place) => {
        const { run } = place;
        if (run === null) return [];
        if (run.decoding) return [this.#advance(place, run, run.step())];
        const count = plan.get(run);
        return count === undefined ? [] : [this.#advance(place, run, run.prefill(count))];
      }),
    );
    const read = [...plan.values()].reduce((sum, count) => sum + count, 0);
    if (read > 0) this.#speed.add(read, performance.now() - startedAt);
  }

  #planPrefill(prompts: readonly Run[], decoding: number): ReadonlyMap<Run, number> {
    if (prompts.length === 0) return nothing;
    this.#readingSteps += 1;
    return planPrefill(prompts, {
      chunk: chunkSize(this.#speed.tokensPerMs, decoding),
      // Every stream has its token in the same batch; where they fill it, reading still goes on.
      room: Math.max(1, this.#engine.settings.batchSize - decoding),
      step: this.#readingSteps,
    });
  }

  async #advance(place: Place, run: Run, acting: Promise<void>): Promise<void> {
    try {
      await acting;
      if (run.ended) await this.#release(place, run);
    } catch (error) {
      await this.#release(place, run, failure(error));
      await this.#forget(place);
    }
  }

  /** `error` is the last that its client hears; without one the run has an end of its own. */
  async #release(place: Place, run: Run, error?: RunnerEvent): Promise<void> {
    this.#runs = this.#runs.filter((other) => other !== run);
    await run.close();
    this.#free(place);
    this.#post(run.requestId, run.takeEvents());
    if (error !== undefined) this.#post(run.requestId, [error]);
  }

  /** After a failure nobody knows what the sequence holds. */
  async #forget(place: Place): Promise<void> {
    await place.sequence.clearHistory();
    this.#free(place);
  }

  #free(place: Place): void {
    this.#ended += 1;
    place.free(this.#ended);
  }

  #post(requestId: string, events: readonly RunnerEvent[]): void {
    for (const event of events) this.#outbox.push({ requestId, event });
  }

  #tell(): void {
    for (const run of this.#runs) this.#post(run.requestId, run.takeEvents());
    if (this.#outbox.length === 0) return;
    const events = this.#outbox;
    this.#outbox = [];
    this.#send(events);
  }
}

const nothing: ReadonlyMap<Run, number> = new Map();

const cancelled: RunnerEvent = {
  kind: 'error',
  error: { code: 'cancelled', message: 'The request was cancelled.' },
};

function failure(error: unknown): RunnerEvent {
  if (!(error instanceof ImpetusError)) process.stderr.write(`${String(error)}\n`);
  return { kind: 'error', error: toImpetusError(error).toWire() };
}

/** llama.cpp's library would drop the oldest tokens of an overlong text without a word. */
function refuseWhatDoesNotFit(promptTokens: number, maxTokens: number | null, contextSize: number): void {
  const wanted = promptTokens + (maxTokens ?? 1);
  if (wanted <= contextSize) return;
  const asked =
    maxTokens === null
      ? `the prompt has ${promptTokens} tokens`
      : `${wanted} tokens were requested (${promptTokens} in the prompt, ${maxTokens} for the answer)`;
  throw new ImpetusError(
    'context_length_exceeded',
    `This model's maximum context length is ${contextSize} tokens, but ${asked}. Shorten the prompt, ask for fewer tokens, or load the model with a larger context.`,
    { param: 'messages', tokens: { wanted, limit: contextSize } },
  );
}

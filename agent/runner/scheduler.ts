import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import {
  ImpetusError,
  toImpetusError,
  type Generation,
  type RunnerEvent,
  type RunnerEventFor,
} from '@impetus/contracts';
import type { Engine } from './engine.ts';
import { chooseSequence, commonPrefixLength, planPrefill } from './plan.ts';
import { tokenizePrompt, type TokenizedPrompt } from './prompt.ts';
import { Run } from './run.ts';

interface Place {
  readonly id: number;
  readonly sequence: LlamaContextSequence;
  run: Run | null;
}

interface Waiting {
  readonly requestId: string;
  readonly generation: Generation;
  readonly prompt: TokenizedPrompt;
}

/**
 * Runs requests side by side in the sequences of one context. All of them take each step together, in one batch,
 * in the order of their ids; prompts are read in chunks between, so that a long one does not stop the others.
 * What to do is decided in plan.ts; this loop carries it out.
 */
export class Scheduler {
  readonly #engine: Engine;
  readonly #places: readonly Place[];
  readonly #send: (events: readonly RunnerEventFor[]) => void;
  #waiting: Waiting[] = [];
  #outbox: RunnerEventFor[] = [];
  #running = false;

  constructor(engine: Engine, context: LlamaContext, send: (events: readonly RunnerEventFor[]) => void) {
    this.#engine = engine;
    this.#send = send;
    this.#places = Array.from({ length: context.totalSequences }, (_, id) => ({
      id,
      sequence: context.getSequence(),
      run: null,
    }));
  }

  /** Takes a request. Whatever becomes of it is told by events, a refusal included. */
  generate(requestId: string, generation: Generation): void {
    try {
      const prompt = tokenizePrompt(this.#engine, generation.prompt);
      refuseWhatDoesNotFit(prompt.tokens.length, generation.maxTokens, this.#engine.facts.contextSize);
      this.#waiting.push({ requestId, generation, prompt });
    } catch (error) {
      this.#post(requestId, [failure(error)]);
    }
    this.#wake();
  }

  /** Ends a request at the next step, wherever it is. */
  abort(requestId: string): void {
    for (const { run } of this.#places) if (run?.requestId === requestId) run.aborted = true;
    const waiting = this.#waiting.some((item) => item.requestId === requestId);
    if (!waiting) return;
    this.#waiting = this.#waiting.filter((item) => item.requestId !== requestId);
    this.#post(requestId, [cancelled]);
    this.#wake();
  }

  #wake(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#loop();
  }

  async #loop(): Promise<void> {
    do {
      await this.#dropAborted();
      await this.#admit();
      const step = this.#step();
      // The last step's message is sent while this one decodes.
      setImmediate(() => this.#flush());
      await step;
    } while (this.#waiting.length > 0 || this.#places.some(({ run }) => run !== null));
    this.#running = false;
    this.#flush();
  }

  async #dropAborted(): Promise<void> {
    for (const place of this.#places) {
      if (place.run?.aborted === true) await this.#release(place, place.run, [cancelled]);
    }
  }

  async #admit(): Promise<void> {
    while (this.#waiting.length > 0) {
      const [next] = this.#waiting;
      const place = next && this.#choosePlace(next.prompt.tokens);
      if (next === undefined || place === undefined) return;
      this.#waiting.shift();
      await this.#begin(place, next);
    }
  }

  #choosePlace(tokens: readonly Token[]): Place | undefined {
    const free = this.#places
      .filter(({ run }) => run === null)
      .map(({ id, sequence }) => ({
        id,
        held: sequence.nextTokenIndex,
        commonPrefix: commonPrefixLength(sequence.contextTokens, tokens),
      }));
    const chosen = chooseSequence(free);
    return chosen && this.#places[chosen.id];
  }

  async #begin(place: Place, { requestId, generation, prompt }: Waiting): Promise<void> {
    try {
      // The last token is always evaluated: without it there is nothing to sample from.
      await place.sequence.adaptStateToTokens(prompt.tokens.slice(0, -1), false);
      const cached = place.sequence.nextTokenIndex;
      place.run = new Run(requestId, this.#engine, place.sequence, prompt, generation, cached);
      // Tells the client that it was let in, before a long prompt has been read.
      this.#post(requestId, [place.run.progress()]);
    } catch (error) {
      await this.#forget(place);
      this.#post(requestId, [failure(error)]);
    }
  }

  /** One step of all sequences together. */
  async #step(): Promise<void> {
    const active = this.#places.flatMap(({ id, run }) => (run === null ? [] : [{ id, run }]));
    const prompts = active
      .filter(({ run }) => !run.decoding)
      .map(({ id, run }) => ({ id, remaining: run.remaining }));
    const decoding = active.length - prompts.length;
    const plan = planPrefill(prompts, decoding, this.#engine.settings.batchSize);
    const steps = active.flatMap(({ id, run }) => {
      const count = plan.get(id);
      if (run.decoding) return [this.#advance(id, run, () => run.step())];
      return count === undefined ? [] : [this.#advance(id, run, () => run.prefill(count))];
    });
    await Promise.all(steps);
  }

  async #advance(id: number, run: Run, act: () => Promise<readonly RunnerEvent[]>): Promise<void> {
    const place = this.#places[id];
    if (place === undefined) return;
    try {
      const events = await act();
      if (events.at(-1)?.kind === 'end') await this.#release(place, run, events);
      else this.#post(run.requestId, events);
    } catch (error) {
      await this.#release(place, run, [failure(error)]);
      await this.#forget(place);
    }
  }

  async #release(place: Place, run: Run, events: readonly RunnerEvent[]): Promise<void> {
    place.run = null;
    await run.close();
    this.#post(run.requestId, events);
  }

  /** After a failure nobody knows what the sequence holds. */
  async #forget(place: Place): Promise<void> {
    place.run = null;
    await place.sequence.clearHistory();
  }

  #post(requestId: string, events: readonly RunnerEvent[]): void {
    for (const event of events) this.#outbox.push({ requestId, event });
  }

  #flush(): void {
    if (this.#outbox.length === 0) return;
    const events = this.#outbox;
    this.#outbox = [];
    this.#send(events);
  }
}

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
    { param: 'messages' },
  );
}

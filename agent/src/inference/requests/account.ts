import {
  ImpetusError,
  toImpetusError,
  type CapturedText,
  type GenerationEvent,
  type RequestRecord,
} from '@impetus/contracts';
import {
  admit,
  arrived,
  note,
  noteEmbedded,
  noteFailure,
  toRecord,
  type Progress,
  type RequestFacts,
} from './progress.ts';
import { maxTextBytes, toCapturedText } from './text/captured-text.ts';

/** Hears of every request: of its arrival, of each change of its state, and once of its end. */
export interface AccountListener {
  opened(account: Account): void;
  changed(account: Account): void;
  ended(account: Account): void;
}

export interface AccountOptions {
  readonly facts: RequestFacts;
  /** The client's: aborted when it goes away. */
  readonly signal: AbortSignal;
  /** How long a runner may work on it; null: as long as it likes. Read when a runner takes the request. */
  readonly timeoutSeconds: () => number | null;
  /** What was asked, where the owner wants it kept; null otherwise. */
  readonly prompt: (() => string) | null;
  readonly listener: AccountListener;
}

/**
 * One request from its arrival to its end. Whatever ends it first, the end of its answer, an error, a client that
 * leaves or the time that it may take, ends it once and for all, whether or not anybody reads its answer just then.
 */
export class Account {
  readonly progress: Progress;
  readonly #options: AccountOptions;
  readonly #startedAt = performance.now();
  readonly #controller = new AbortController();
  readonly #cleanUp = new DisposableStack();
  readonly #elapsed = () => performance.now() - this.#startedAt;
  #prompt: (() => string) | null;
  #answer = '';
  #failure: ImpetusError | null = null;
  /** Whether the time that a runner may work on it has begun. */
  #timed = false;

  constructor(options: AccountOptions) {
    this.progress = arrived(options.facts);
    this.#options = options;
    this.#prompt = options.prompt;
    const { signal, listener } = options;
    listener.opened(this);
    const onAbort = () => void this.fail(reasonOf(signal));
    signal.addEventListener('abort', onAbort, { once: true });
    this.#cleanUp.defer(() => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) onAbort();
  }

  /** Aborted when the work is to end, whether its client left or its time is over. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it ended without an answer; null while it has not. */
  get failure(): ImpetusError | null {
    return this.#failure;
  }

  get ended(): boolean {
    return this.progress.endedAt !== null;
  }

  /** Has something undone when the request ends; at once where it has ended already. */
  atEnd(undo: () => void): void {
    if (this.ended) undo();
    else this.#cleanUp.defer(undo);
  }

  /** Notes an event of the answer. It runs for every token. */
  heard(event: GenerationEvent): void {
    if (this.ended) return;
    if (this.#prompt !== null) this.#keep(answerText(event));
    if (note(this.progress, event, this.#elapsed)) this.#moved();
  }

  /** A runner took the request. Said of embeddings alone; answers tell it by their first event of prefill. */
  admitted(): void {
    if (this.ended || this.progress.admittedAt !== null) return;
    if (admit(this.progress, this.#elapsed())) this.#moved();
  }

  embedded(promptTokens: number): void {
    if (this.ended) return;
    noteEmbedded(this.progress, promptTokens, this.#elapsed());
    this.#moved();
  }

  /** Ends the request with an error and answers with what it ended: the first of several. */
  fail(thrown: unknown): ImpetusError {
    if (this.#failure !== null) return this.#failure;
    const error = toImpetusError(thrown);
    if (this.ended) return error;
    this.#failure = error;
    noteFailure(this.progress, error, this.#elapsed());
    this.#moved();
    this.#controller.abort(error);
    return error;
  }

  record(): RequestRecord {
    return toRecord(this.progress, this.#elapsed(), this.#prompt !== null);
  }

  /** What was asked and answered so far; null where it is not kept. */
  text(): CapturedText | null {
    return this.#prompt === null ? null : toCapturedText(this.#prompt(), this.#answer);
  }

  /** Keeps nothing of what was asked and answered, now and later. */
  forgetText(): void {
    this.#prompt = null;
    this.#answer = '';
  }

  #keep(text: string): void {
    // One character more than can be kept shows that it was cut.
    if (this.#answer.length <= maxTextBytes) this.#answer += text;
  }

  #moved(): void {
    const { listener } = this.#options;
    if (this.ended) {
      this.#cleanUp.dispose();
      listener.ended(this);
      return;
    }
    if (this.progress.admittedAt !== null) this.#startTimeout();
    listener.changed(this);
  }

  #startTimeout(): void {
    if (this.#timed) return;
    this.#timed = true;
    const seconds = this.#options.timeoutSeconds();
    if (seconds === null) return;
    const timer = setTimeout(() => this.fail(tookTooLong(seconds)), seconds * 1_000).unref();
    this.#cleanUp.defer(() => clearTimeout(timer));
  }
}

/** Whoever aborts may say why; a client that goes away does not. */
function reasonOf(signal: AbortSignal): ImpetusError {
  const reason: unknown = signal.reason;
  if (reason instanceof ImpetusError) return reason;
  return new ImpetusError('cancelled', 'The client went away, or stopped the answer, before its end.');
}

function tookTooLong(seconds: number): ImpetusError {
  const limit = seconds === 1 ? '1 second' : `${seconds} seconds`;
  return new ImpetusError(
    'timeout',
    `The answer took longer than ${limit}, the time that this agent allows one request. Ask for fewer tokens, or allow more time in the agent’s settings.`,
  );
}

/** What an event adds to the text of the answer. */
function answerText(event: GenerationEvent): string {
  switch (event.kind) {
    case 'delta':
    case 'reasoning':
    case 'tool-arguments':
      return event.text;
    case 'tool-call':
      return `\n${event.name} `;
    default:
      return '';
  }
}

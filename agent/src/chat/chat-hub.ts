import { randomUUID } from 'node:crypto';
import { ImpetusError, toImpetusError, type Generation, type StartChatInput } from '@impetus/contracts';
import type { Inference, Requester, RequestOrigin } from '../inference/types.ts';
import { endsAccessOf, type AccessEnded, type AccessHolder } from '../events/access-ended.ts';
import type { EventBus } from '../events/bus.ts';
import type { Log } from '../log/types.ts';
import { Answer } from './answer.ts';
import type { ChatAsker, ChatItem, Chats } from './types.ts';

export interface ChatHubOptions {
  readonly bus: EventBus;
  readonly inference: Inference;
  readonly log: Log;
  /** How long an answer is written while nobody watches. */
  readonly unwatchedMs?: number;
  /** How long a finished answer can still be fetched, and how many of them. */
  readonly keptMs?: number;
  readonly keptCount?: number;
}

interface Running {
  readonly asker: AccessHolder;
  readonly answer: Answer;
  readonly controller: AbortController;
  readonly finished: Promise<void>;
}

const origin: RequestOrigin = { dialect: 'page', endpoint: 'chat', streamed: true };

function toGeneration(input: StartChatInput): Generation {
  return {
    prompt: { kind: 'chat', messages: input.messages },
    sampling: input.sampling,
    maxTokens: input.maxTokens ?? null,
    stop: [],
  };
}

const shuttingDown = () => new ImpetusError('shutting_down', 'The agent is stopping. Ask again in a moment.');

/** Runs the answers of the chat page apart from the connections that watch them. */
export class ChatHub implements Chats, AsyncDisposable {
  readonly #inference: Inference;
  readonly #log: Log;
  readonly #unwatchedMs: number;
  readonly #keptMs: number;
  readonly #keptCount: number;
  readonly #running = new Map<string, Running>();
  /** Oldest first; each with the timer that forgets it. */
  readonly #finished = new Map<string, { answer: Answer; timer: NodeJS.Timeout }>();
  #closed = false;
  readonly #listening: Disposable;

  constructor({ bus, inference, log, ...limits }: ChatHubOptions) {
    this.#listening = bus.on('access-ended', (ended) => this.#endOf(ended));
    this.#inference = inference;
    this.#log = log;
    this.#unwatchedMs = limits.unwatchedMs ?? 60_000;
    this.#keptMs = limits.keptMs ?? 300_000;
    this.#keptCount = limits.keptCount ?? 50;
  }

  start(input: StartChatInput, asker: ChatAsker): string {
    if (this.#closed) throw shuttingDown();
    const id = randomUUID();
    const controller = new AbortController();
    let abandoned: NodeJS.Timeout | undefined;
    const onWatchers = (count: number) => {
      clearTimeout(abandoned);
      if (count > 0 || answer.ended) return;
      abandoned = setTimeout(() => controller.abort(), this.#unwatchedMs).unref();
    };
    const answer = new Answer(onWatchers);
    onWatchers(0);
    const finished = this.#run(answer, input, asker, controller.signal).finally(() => {
      clearTimeout(abandoned);
      this.#keep(id, answer);
    });
    this.#running.set(id, { asker, answer, controller, finished });
    return id;
  }

  watch(id: string, lastEventId: string | undefined, signal: AbortSignal): AsyncIterable<ChatItem> {
    return this.#require(id).watch(lastEventId, signal);
  }

  stop(id: string): void {
    this.#require(id);
    this.#running.get(id)?.controller.abort();
  }

  async #run(
    answer: Answer,
    input: StartChatInput,
    requester: Requester,
    signal: AbortSignal,
  ): Promise<void> {
    const { id, name } = requester;
    const request = {
      modelId: input.model,
      requester: { id, name },
      origin,
      input: toGeneration(input),
      signal,
    };
    try {
      for await (const event of this.#inference.generate(request)) answer.push(event);
    } catch (thrown) {
      const error = toImpetusError(thrown);
      if (error.code === 'internal') this.#log.error({ err: thrown }, 'An answer failed.');
      answer.push(signal.aborted ? { kind: 'stopped' } : { kind: 'error', error: error.toWire() });
    }
    // An iteration that ends quietly after an abort has no last event of its own.
    answer.push({ kind: 'stopped' });
  }

  #require(id: string): Answer {
    const answer = this.#running.get(id)?.answer ?? this.#finished.get(id)?.answer;
    if (answer !== undefined) return answer;
    throw new ImpetusError('not_found', 'This answer is no longer kept. Ask again.', { param: 'id' });
  }

  #keep(id: string, answer: Answer): void {
    this.#running.delete(id);
    const timer = setTimeout(() => this.#finished.delete(id), this.#keptMs).unref();
    this.#finished.set(id, { answer, timer });
    const [oldest] = this.#finished.keys();
    if (this.#finished.size <= this.#keptCount || oldest === undefined) return;
    clearTimeout(this.#finished.get(oldest)?.timer);
    this.#finished.delete(oldest);
  }

  /** The answers of whoever is let in no longer end with the reason. */
  #endOf(ended: AccessEnded): void {
    const reason = new ImpetusError('unauthorized', ended.message);
    for (const { asker, answer, controller } of this.#running.values()) {
      if (ended.changed === true || !endsAccessOf(asker, ended)) continue;
      answer.push({ kind: 'error', error: reason.toWire() });
      controller.abort(reason);
    }
  }

  /** Ends every answer with an error that says why. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#listening[Symbol.dispose]();
    const running = [...this.#running.values()];
    for (const { answer, controller } of running) {
      const reason = shuttingDown();
      answer.push({ kind: 'error', error: reason.toWire() });
      controller.abort(reason);
    }
    await Promise.all(running.map(({ finished }) => finished));
    for (const { timer } of this.#finished.values()) clearTimeout(timer);
    this.#finished.clear();
  }
}

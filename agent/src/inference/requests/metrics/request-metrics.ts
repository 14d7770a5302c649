import type { Progress } from '../progress.ts';
import { Counter } from './counter.ts';
import type { Family } from './format.ts';
import { Histogram } from './histogram.ts';

/** Upper bounds in seconds. */
const durations = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];
const waits = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** What is counted of requests when they end. */
export class RequestMetrics {
  readonly #requests = new Counter('impetus_requests_total', 'Requests that ended, by how they ended.');
  readonly #promptTokens = new Counter(
    'impetus_prompt_tokens_total',
    'Tokens of prompts that were read, those from the prompt cache included.',
  );
  readonly #cachedTokens = new Counter(
    'impetus_prompt_tokens_cached_total',
    'Tokens of prompts that the prompt cache already held.',
  );
  readonly #generatedTokens = new Counter('impetus_generation_tokens_total', 'Tokens of answers.');
  readonly #duration = new Histogram(
    'impetus_request_duration_seconds',
    'From the arrival of a request to the end of its answer, where it was answered.',
    durations,
  );
  readonly #firstToken = new Histogram(
    'impetus_time_to_first_token_seconds',
    'From the arrival of a request to the first token of its answer.',
    waits,
  );
  readonly #queue = new Histogram(
    'impetus_queue_duration_seconds',
    'From the arrival of a request until a runner took it, the load of its model included.',
    waits,
  );

  /** `model`: one of the library; names that no model has would be labels without number. */
  ended(progress: Progress, model: string): void {
    const { facts, state, endedAt, admittedAt, firstTokenAt } = progress;
    this.#requests.add({ dialect: facts.dialect, model, outcome: state }, 1);
    if (admittedAt === null) return;
    const labels = { model };
    this.#queue.observe(labels, admittedAt / 1_000);
    if (firstTokenAt !== null) this.#firstToken.observe(labels, firstTokenAt / 1_000);
    if (state === 'done' && endedAt !== null) this.#duration.observe(labels, endedAt / 1_000);
    this.#promptTokens.add(labels, progress.readTokens ?? 0);
    this.#cachedTokens.add(labels, progress.cachedTokens ?? 0);
    this.#generatedTokens.add(labels, progress.completionTokens);
  }

  families(): readonly Family[] {
    return [
      this.#requests,
      this.#duration,
      this.#firstToken,
      this.#queue,
      this.#promptTokens,
      this.#cachedTokens,
      this.#generatedTokens,
    ].map((metric) => metric.family());
  }
}

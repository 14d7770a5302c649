import type { ListRequestsInput, RequestDetail, RequestEvent, RequestPage } from '@impetus/contracts';

/** What became of requests: those under way in memory, those that ended in the database. */
export interface RequestLog {
  /** Throws `invalid_request` for a page that cannot be named so. */
  list(input: ListRequestsInput): Promise<RequestPage>;
  /** Throws `not_found`. */
  get(id: string): Promise<RequestDetail>;
  /** What changes from now on; a slow reader hears of each record's latest state alone. Ends with the signal. */
  watch(signal: AbortSignal): AsyncIterable<RequestEvent>;
  /** Forgets the text of every request. */
  forgetText(): Promise<void>;
}

/** What the agent counts. */
export interface Metrics {
  /** In the text format of Prometheus, version 0.0.4. */
  text(): string;
}

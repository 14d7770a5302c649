/** What came with an answer. It can be read once. */
export interface Body {
  /**
   * Hands over each chunk as it comes, until the end; a promise makes the next one wait. A chunk is valid during the
   * call alone: what it lies in is used again. Rejects where the connection breaks off, or `take` throws.
   */
  each(take: (chunk: Buffer) => Promise<unknown> | null): Promise<void>;
  /** What is still to come is not wanted. */
  destroy(reason?: Error): void;
}

/** The beginning of an answer, and what is to come. */
export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly header: (name: string) => string | null;
  readonly body: Body;
}

/** One request, as a connection needs to know it. */
export interface Question {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Until the headers of the answer are there. */
  readonly answerMs: number;
}

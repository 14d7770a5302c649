import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { Holding } from './prompt-cache/views.ts';
import type { Run } from './run.ts';

/** One sequence of the context and who works in it. */
export class Place {
  readonly id: number;
  readonly sequence: LlamaContextSequence;
  #run: Run | null = null;
  /** What the sequence holds while nobody works in it; read once, since each reading of it is a copy. */
  #history: readonly Token[] = [];
  #usedAt = 0;

  constructor(id: number, sequence: LlamaContextSequence) {
    this.id = id;
    this.sequence = sequence;
  }

  get run(): Run | null {
    return this.#run;
  }

  get usedAt(): number {
    return this.#usedAt;
  }

  take(run: Run): void {
    this.#run = run;
  }

  /** `now` grows with each call, whatever it counts. */
  free(now: number): void {
    this.#run = null;
    this.#history = this.sequence.contextTokens;
    this.#usedAt = now;
  }

  holding(): Holding {
    const { id, usedAt } = this;
    const run = this.#run;
    if (run === null) {
      const tokens = this.#history;
      return { id, free: true, tokens, held: tokens.length, usedAt, movable: true };
    }
    return { id, free: false, tokens: run.prompt, held: run.evaluated, usedAt, movable: run.movable };
  }
}

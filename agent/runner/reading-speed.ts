/** Steps that read fewer tokens say more about overhead than about speed. */
const tellingTokens = 32;

/** The newest measurement counts this much. */
const weight = 0.5;

/** How fast prompts are read on this machine by this model, as last seen. */
export class ReadingSpeed {
  #tokensPerMs: number | null = null;

  /** Null before anything was read. */
  get tokensPerMs(): number | null {
    return this.#tokensPerMs;
  }

  add(tokens: number, milliseconds: number): void {
    if (tokens < tellingTokens || milliseconds <= 0) return;
    const now = tokens / milliseconds;
    this.#tokensPerMs = this.#tokensPerMs === null ? now : this.#tokensPerMs * (1 - weight) + now * weight;
  }
}

/** What waits in line, and for whom. */
export interface Queued {
  readonly id: string;
  readonly requesterId: string;
}

/**
 * A line in which requesters take turns: whoever sends a hundred requests at once delays the others by one of
 * them at a time. Within a requester the first to come is the first to go.
 */
export class FairQueue<T extends Queued> {
  /** In the order of turns; a requester without requests has no entry. */
  readonly #byRequester = new Map<string, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(item: T): void {
    const own = this.#byRequester.get(item.requesterId);
    if (own === undefined) this.#byRequester.set(item.requesterId, [item]);
    else own.push(item);
    this.#size += 1;
  }

  /**
   * The next in line that may go; its requester goes to the end of the turns. Undefined where nobody may.
   * Whoever may not keeps the place, and those behind of the same requester keep theirs.
   */
  take(may: (item: T) => boolean = () => true): T | undefined {
    for (const [requesterId, own] of this.#byRequester) {
      const [item] = own;
      if (item === undefined || !may(item)) continue;
      this.#byRequester.delete(requesterId);
      if (own.length > 1) this.#byRequester.set(requesterId, own.slice(1));
      this.#size -= 1;
      return item;
    }
    return undefined;
  }

  /** Takes one out, wherever it stands; undefined where it does not wait here. */
  remove(id: string): T | undefined {
    for (const [requesterId, own] of this.#byRequester) {
      const index = own.findIndex((item) => item.id === id);
      if (index < 0) continue;
      const [item] = own.splice(index, 1);
      if (own.length === 0) this.#byRequester.delete(requesterId);
      this.#size -= 1;
      return item;
    }
    return undefined;
  }

  /** All that wait, in the order in which they go if nobody else comes. */
  inOrder(): readonly T[] {
    const lines = [...this.#byRequester.values()];
    const longest = Math.max(0, ...lines.map(({ length }) => length));
    return Array.from({ length: longest }, (_, turn) =>
      lines.flatMap((line) => line.slice(turn, turn + 1)),
    ).flat();
  }

  /** Empties the line and answers who stood in it. */
  clear(): readonly T[] {
    const items = this.inOrder();
    this.#byRequester.clear();
    this.#size = 0;
    return items;
  }
}

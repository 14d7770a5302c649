/**
 * Learns byte-pair merges until each of the given pieces is one token, and returns the merged texts
 * in the order in which a tokenizer has to apply them. Merging goes by the joined text, whichever
 * two parts it came from, because that is how llama.cpp's SentencePiece tokenizer does it.
 */
export function learnMerges(pieces: readonly string[]): string[] {
  const words = pieces.map((piece) => [...piece]);
  const ranks = new Map<string, number>();
  const places = new PairIndex();
  words.forEach((word, index) => places.add(word, index));
  for (let next = places.mostShared(); next !== undefined; next = places.mostShared()) {
    ranks.set(next, ranks.size);
    for (const index of places.wordsWith(next)) {
      const word = words[index] ?? [];
      places.remove(word, index);
      mergeAll(word, ranks);
      places.add(word, index);
    }
  }
  return [...ranks.keys()];
}

/** Applies merges in place, the earliest learned first and the leftmost first among equals. */
export function mergeAll(symbols: string[], ranks: ReadonlyMap<string, number>): void {
  for (;;) {
    let best = -1;
    let bestRank = Infinity;
    for (let index = 0; index + 1 < symbols.length; index += 1) {
      const rank = ranks.get(pairAt(symbols, index)) ?? Infinity;
      if (rank < bestRank) {
        best = index;
        bestRank = rank;
      }
    }
    if (best < 0) return;
    symbols.splice(best, 2, pairAt(symbols, best));
  }
}

function pairAt(symbols: readonly string[], index: number): string {
  return `${symbols[index]}${symbols[index + 1]}`;
}

/** Which words contain which pair of neighbours. */
class PairIndex {
  readonly #words = new Map<string, Set<number>>();

  add(word: readonly string[], index: number): void {
    for (let at = 0; at + 1 < word.length; at += 1) {
      const pair = pairAt(word, at);
      const words = this.#words.get(pair) ?? new Set();
      this.#words.set(pair, words.add(index));
    }
  }

  remove(word: readonly string[], index: number): void {
    for (let at = 0; at + 1 < word.length; at += 1) this.#words.get(pairAt(word, at))?.delete(index);
  }

  wordsWith(pair: string): number[] {
    return [...(this.#words.get(pair) ?? [])];
  }

  /** The pair in most words; the one that was seen first among equals. */
  mostShared(): string | undefined {
    let best: string | undefined;
    let most = 0;
    for (const [pair, { size }] of this.#words) {
      if (size > most) {
        best = pair;
        most = size;
      }
    }
    return best;
  }
}

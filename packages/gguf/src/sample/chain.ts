import type { Topic } from './text.ts';
import { newline, special, splitSentence, type Vocabulary } from './vocabulary.ts';

/** What follows where: the text as rules over the last one to four tokens. */
export interface Chain {
  /** For each token of the text, what mostly follows it. */
  readonly afterOne: ReadonlyMap<number, readonly number[]>;
  /** For contexts of two to four tokens (the newest last) that a shorter one does not decide. */
  readonly afterMore: readonly Rule[];
  /** With what an answer begins, for each topic. */
  readonly openings: readonly (readonly number[])[];
  /** With what a sentence begins after anything that the text does not have. */
  readonly sentenceStarts: readonly number[];
  /** The two tokens behind which an answer begins. */
  readonly answerPrefix: readonly [role: number, newline: number];
}

export interface Rule {
  readonly context: readonly number[];
  readonly successors: readonly number[];
}

const longestContext = 4;
/** Codes of many successors drown each other, and after one token alone a few good ones will do. */
const maxAfterOne = 4;

/** Derives the rules from the text. */
export function buildChain(topics: readonly Topic[], vocabulary: Vocabulary): Chain {
  const ids = (text: string) => splitSentence(text).map((piece) => vocabulary.id(piece));
  const answerPrefix = [vocabulary.id('assistant'), newline] as const;
  const followers = new Followers();
  followers.add([special.turnStart], answerPrefix);
  const texts = topics.map(({ sentences }) => sentences.map((row) => row.map((text) => ids(` ${text}`))));
  const openings = topics.map(({ sentences: [row = []] }) => row.map(ids));
  for (const [index, rows] of texts.entries()) {
    for (const [first = 0, ...rest] of openings[index] ?? []) followers.add([...answerPrefix, first], rest);
    // Whoever reads on after the end of an answer comes to the next topic, and at last to the first.
    const [nextRow = []] = texts[(index + 1) % texts.length] ?? [];
    const following = [...rows.slice(1), [[special.turnEnd]]];
    for (const [place, row] of rows.entries()) followers.addAll(row, following[place] ?? []);
    followers.addAll(rows.at(-1)?.map((tokens) => [...tokens, special.turnEnd]) ?? [], nextRow);
  }
  const [firstOpenings = []] = openings;
  const lineStarts = firstTokens(firstOpenings);
  const { afterOne, afterMore } = followers.rules();
  return {
    afterOne: new Map([...afterOne, [newline, lineStarts], [special.begin, lineStarts]]),
    afterMore,
    openings: openings.map(firstTokens),
    sentenceStarts: clearStarts(texts, afterOne),
    answerPrefix,
  };
}

function firstTokens(sequences: readonly (readonly number[])[]): number[] {
  return [...new Set(sequences.flatMap((tokens) => tokens.slice(0, 1)))];
}

/** First words of answers after which there is only one way to go on, from topics apart from each other. */
function clearStarts(
  texts: readonly (readonly (readonly number[])[])[][],
  afterOne: ReadonlyMap<number, readonly number[]>,
): number[] {
  const firsts = firstTokens(texts.flatMap(([row = []]) => row));
  const clear = firsts.filter((token) => afterOne.get(token)?.length === 1);
  return clear.filter((_, index) => index % Math.ceil(clear.length / maxAfterOne) === 0);
}

/** Counts what follows which context. */
class Followers {
  readonly #counts = new Map<string, { context: readonly number[]; after: Map<number, number> }>();

  addAll(befores: readonly (readonly number[])[], sequences: readonly (readonly number[])[]): void {
    for (const before of befores) for (const tokens of sequences) this.add(before, tokens);
  }

  /** Counts each of `tokens` as following what stands before it, which begins with the end of `before`. */
  add(before: readonly number[], tokens: readonly number[]): void {
    const history = before.slice(-longestContext);
    for (const token of tokens) {
      for (let length = 1; length <= history.length; length += 1) this.#count(history.slice(-length), token);
      history.push(token);
      if (history.length > longestContext) history.shift();
    }
  }

  rules(): Pick<Chain, 'afterOne' | 'afterMore'> {
    const afterOne = new Map<number, number[]>();
    const afterMore: Rule[] = [];
    for (const { context } of this.#counts.values()) {
      const successors = this.#successors(context);
      const [first = 0, ...rest] = context;
      if (rest.length === 0) afterOne.set(first, successors.slice(0, maxAfterOne));
      else if (this.#successors(rest).length > 1) afterMore.push({ context, successors });
    }
    return { afterOne, afterMore };
  }

  #count(context: readonly number[], token: number): void {
    const key = context.join(' ');
    const entry = this.#counts.get(key) ?? { context, after: new Map<number, number>() };
    entry.after.set(token, (entry.after.get(token) ?? 0) + 1);
    this.#counts.set(key, entry);
  }

  /** The most frequent first. */
  #successors(context: readonly number[]): number[] {
    const after = this.#counts.get(context.join(' '))?.after ?? new Map<number, number>();
    return [...after].toSorted(([, a], [, b]) => b - a).map(([token]) => token);
  }
}

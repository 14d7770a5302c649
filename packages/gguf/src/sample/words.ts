import { decodeQ8, encoders } from '../quantise.ts';
import type { Chain } from './chain.ts';
import { blend, dot, signs } from './codes.ts';
import { at, codeLength, embeddingLength, Matrix, nextLength, nextNorm } from './layout.ts';
import type { Topic } from './text.ts';
import { bareWord, byteToken, keywordForms, special, type Vocabulary } from './vocabulary.ts';

/** Among several successors, each is a little less likely than the one before it, so that ties have an order. */
const stepDown = 0.012;
/** Makes a decided word e^20 times as likely as any other, so that also at temperature 1.5 words stay whole. */
const logitScale = 22;
/** The text never continues with bytes and pieces of words; they stay possible for grammars. */
const strangerLogit = -12;

/** The code of a token as something that was read; `undefined` stands for all that the text does not have. */
export function readCode(token: number | undefined): Float32Array {
  return signs(token ?? -1, codeLength);
}

/** What to add to `next` so that these tokens follow, the first one a little more likely. */
export function nextCode(tokens: readonly number[], strength: number): Float32Array {
  return blend(
    tokens.map((token) => signs(token, nextLength)),
    tokens.map((_, rank) => strength * (1 - stepDown * rank)),
  );
}

/** The token embeddings: who I am, what mostly follows me, which topic I ask for. */
export function embeddings(vocabulary: Vocabulary, chain: Chain, topics: readonly Topic[]): Matrix {
  const matrix = new Matrix(embeddingLength, vocabulary.texts.length);
  const known = knownWords(vocabulary, chain);
  const keywords = keywordTopics(vocabulary, topics);
  const unknown = normalised(nextCode(chain.sentenceStarts, 1));
  for (const [id, text] of vocabulary.texts.entries()) {
    const row = matrix.row(id);
    const word = chain.afterOne.has(id) ? id : known.get(bareWord(text));
    const successors = word === undefined ? undefined : chain.afterOne.get(word);
    row.set(readCode(word), at.tokens[0]);
    row.set(successors ? normalised(nextCode(successors, 1)) : unknown, at.next);
    row[at.constant] = 1;
    const topic = keywords.get(id);
    row[topic === undefined ? at.plain : at.keyword + topic - 1] = 1;
  }
  return matrix;
}

/** The output layer: how well each token fits what `next` holds. */
export function outputs(vocabulary: Vocabulary, chain: Chain): Matrix {
  const matrix = new Matrix(embeddingLength, vocabulary.texts.length);
  const written = writtenTokens(chain);
  for (const id of vocabulary.texts.keys()) {
    const row = matrix.row(id);
    if (written.has(id)) row.set(scaled(signs(id, nextLength), logitScale / nextLength), at.next);
    else row[at.constant] = strangerLogit;
  }
  closeGrammars(matrix);
  return matrix;
}

/**
 * Under a grammar the end of the turn is forbidden until a JSON value is complete. Where the text
 * would end, the closing marks are the next best, so that a string ends with the answer in it.
 */
function closeGrammars(matrix: Matrix): void {
  const end = matrix.row(special.turnEnd);
  for (const [mark, share] of [
    ['"', 0.6],
    ['}', 0.55],
    [']', 0.5],
  ] as const) {
    const row = matrix.row(byteToken(mark.charCodeAt(0)));
    row.set(scaled(end, share));
    row[at.constant] = -strangerLogit / 2;
  }
}

/** Words of the text by their bare form: a token that the text lacks acts as the word that it resembles. */
function knownWords(vocabulary: Vocabulary, chain: Chain): Map<string, number> {
  const known = new Map<string, number>();
  for (const id of chain.afterOne.keys()) {
    const word = bareWord(vocabulary.texts[id] ?? '');
    if (!known.has(word)) known.set(word, id);
  }
  return known;
}

function keywordTopics(vocabulary: Vocabulary, topics: readonly Topic[]): Map<number, number> {
  return new Map(
    topics.flatMap(({ keywords }, topic) =>
      keywords.flatMap((keyword) =>
        keywordForms(keyword).map((form): [number, number] => [vocabulary.id(form), topic]),
      ),
    ),
  );
}

function writtenTokens(chain: Chain): Set<number> {
  return new Set(
    [...chain.afterOne.values(), ...chain.openings]
      .flat()
      .concat(chain.afterMore.flatMap((rule) => rule.successors)),
  );
}

/** All embeddings have to be equally long after Q8_0 too, or attention would prefer the shorter ones. */
function normalised(code: Float32Array): Float32Array {
  const stored = decodeQ8(encoders.Q8_0.encode(code));
  return scaled(code, Math.sqrt(nextNorm / dot(stored, stored)));
}

function scaled(code: Float32Array, factor: number): Float32Array {
  return code.map((value) => value * factor);
}

import {
  at,
  codeLength,
  embeddingLength,
  headCount,
  headLength,
  Matrix,
  maxTopics,
  scaleBefore,
} from './layout.ts';

export interface AttentionWeights {
  readonly query: Matrix;
  readonly key: Matrix;
  readonly value: Matrix;
  readonly output: Matrix;
}

const keywordHead = 3;
/** A pair that turns by one radian in 8,192 tokens; the others tell positions. */
const keywordPair = 26;
const positionPairs = Array.from({ length: headLength / 2 }, (_, pair) => pair).filter(
  (pair) => pair !== keywordPair,
);
const positionStrength = 10;
/** Tokens without a keyword score 0, so a keyword wins by far until it is some 7,000 tokens old. */
const keywordStrength = 3750;
/** Begins on the falling side of the cosine, where each token of distance costs 0.3. */
const keywordTurn = 0.7;

/**
 * Three heads that look exactly one, two and three tokens back, and one that looks for the latest
 * keyword. All share one key and one value head.
 *
 * Rotary positions turn pair i of a query at m and a key at n by (m - n) * base^(-2i / headLength).
 * A query turned back by `offset` beforehand meets equal keys best where m - n is the offset: near it
 * the fast pairs fall off, farther away the slower ones do. Summed over the other 32,767 positions
 * the weights left for them are below 0.0002.
 */
export function attentionWeights(): AttentionWeights {
  const query = new Matrix(embeddingLength, headCount * headLength);
  const key = new Matrix(embeddingLength, headLength);
  for (const head of [0, 1, 2]) setQuery(query, head, positionPairs, positionStrength, head + 1);
  for (const pair of positionPairs) {
    // Half of each product is in the query, half in the key, so that neither outgrows half precision.
    key.row(pair * 2)[at.constant] = halfOf(positionStrength);
  }
  setQuery(query, keywordHead, [keywordPair], keywordStrength, -keywordTurn / angle(keywordPair));
  for (let topic = 0; topic < maxTopics; topic += 1) {
    key.row(keywordPair * 2)[at.keyword + topic] = halfOf(keywordStrength);
  }
  return { query, key, value: valueWeights(), output: outputWeights() };
}

function setQuery(
  query: Matrix,
  head: number,
  pairs: readonly number[],
  strength: number,
  offset: number,
): void {
  for (const pair of pairs) {
    const turned = offset * angle(pair);
    const first = head * headLength + pair * 2;
    query.row(first)[at.constant] = halfOf(strength) * rounded(Math.cos(turned));
    query.row(first + 1)[at.constant] = -halfOf(strength) * rounded(Math.sin(turned));
  }
}

/** Attention divides scores by the root of the head's length, and its input was divided by RMSNorm. */
function halfOf(strength: number): number {
  return Math.sqrt(strength * Math.sqrt(headLength)) * scaleBefore;
}

/** ropeBase^(-2 pair / headLength): with the base 2^16 a power of the root of two, so exact everywhere. */
function angle(pair: number): number {
  return Math.sqrt(2 ** -pair);
}

/** Platforms may differ in the last bits of sines; the file must not. */
function rounded(value: number): number {
  return Math.round(value * 65_536) / 65_536;
}

function valueWeights(): Matrix {
  const value = new Matrix(embeddingLength, headLength);
  for (let index = 0; index < codeLength; index += 1) value.row(index)[at.tokens[0] + index] = scaleBefore;
  for (let topic = 0; topic < maxTopics; topic += 1)
    value.row(codeLength + topic)[at.keyword + topic] = scaleBefore;
  return value;
}

function outputWeights(): Matrix {
  const output = new Matrix(headCount * headLength, embeddingLength);
  for (const [head, older] of at.tokens.slice(1).entries()) {
    for (let index = 0; index < codeLength; index += 1) {
      output.row(older + index)[head * headLength + index] = 1;
    }
  }
  for (let topic = 0; topic < maxTopics; topic += 1) {
    output.row(at.topic + topic)[keywordHead * headLength + codeLength + topic] = 1;
  }
  return output;
}

import type { LlamaModel, Token } from 'node-llama-cpp';
import type { TokenChance, TokenLogprob } from '@impetus/contracts';
import type { EvaluateOptions } from '../sampling.ts';

/** What the library tells of the next token: probabilities before any choice. */
export type Probabilities = ReadonlyMap<Token, number>;

/** Tokens that are no text by themselves are told with their bytes. */
const replacement = '\uFFFD';
const byteToken = /^<0x([\dA-F]{2})>$/u;

export interface Chosen {
  readonly token: Token;
  readonly logprob: TokenLogprob;
}

/** How the next token is chosen where its probabilities are told: as the engine does, in the same order of steps. */
export interface Chooser {
  readonly sampling: Pick<EvaluateOptions, 'temperature' | 'topK' | 'topP' | 'minP'>;
  /** From 0 up to, and without, 1. */
  readonly random: () => number;
  /** Whether a grammar admits the token. */
  readonly admits: (token: Token) => boolean;
  /** How many of the likeliest are told. */
  readonly top: number;
}

/** Of the likeliest so many are looked at; what lies behind them is never chosen. */
const mostCandidates = 2_000;

export function choose(model: LlamaModel, probabilities: Probabilities, chooser: Chooser): Chosen {
  const sorted = likeliest(probabilities, Math.max(mostCandidates, chooser.top));
  // A grammar may admit none but tokens that the model would never have written.
  const token = pick(sorted, chooser) ?? pick([...probabilities], chooser);
  if (token === undefined) throw new Error('The engine told no probabilities.');
  return { token, logprob: tokenLogprob(model, probabilities, sorted, token, chooser.top) };
}

/** The token as it was, with the likeliest in its place. */
export function tokenLogprob(
  model: LlamaModel,
  probabilities: Probabilities,
  sorted: readonly (readonly [Token, number])[],
  token: Token,
  top: number,
): TokenLogprob {
  return {
    ...chance(model, token, probabilities.get(token) ?? 0),
    top: sorted.slice(0, top).map(([other, probability]) => chance(model, other, probability)),
  };
}

/** The likeliest tokens, likeliest first. */
export function likeliest(
  probabilities: Probabilities,
  count: number,
): readonly (readonly [Token, number])[] {
  const all = [...probabilities];
  // Where many are next to impossible, sorting them all would take longer than the model does.
  const worth = all.length > count ? all.filter(([, probability]) => probability > 1e-7) : all;
  const some = worth.length >= Math.min(count, 32) ? worth : all;
  return some.toSorted((a, b) => b[1] - a[1]).slice(0, count);
}

function pick(sorted: readonly (readonly [Token, number])[], chooser: Chooser): Token | undefined {
  const { temperature, topK, topP, minP } = chooser.sampling;
  if (temperature <= 0) return sorted.find(([token]) => chooser.admits(token))?.[0];
  const admitted = sorted.filter(([token]) => chooser.admits(token));
  const few = topK > 0 ? admitted.slice(0, topK) : admitted;
  const total = sum(few);
  const nucleus = withinMass(few, topP * total);
  const least = (nucleus[0]?.[1] ?? 0) * minP;
  const left = nucleus.filter(([, probability]) => probability >= least);
  const weights = left.map(([token, probability]) => [token, probability ** (1 / temperature)] as const);
  let point = chooser.random() * sum(weights);
  for (const [token, weight] of weights) {
    point -= weight;
    if (point < 0) return token;
  }
  return left[0]?.[0];
}

/** As many of the likeliest as have the mass together, and at least one. */
function withinMass(
  sorted: readonly (readonly [Token, number])[],
  mass: number,
): readonly (readonly [Token, number])[] {
  let seen = 0;
  const count = sorted.findIndex(([, probability]) => {
    seen += probability;
    return seen >= mass;
  });
  return count < 0 ? sorted : sorted.slice(0, count + 1);
}

function sum(entries: readonly (readonly [Token, number])[]): number {
  return entries.reduce((total, [, value]) => total + value, 0);
}

/** The least that is told; JSON knows no infinity. */
const leastLogprob = -9_999;

function chance(model: LlamaModel, token: Token, probability: number): TokenChance {
  const text = model.detokenize([token], true);
  const logprob = probability > 0 ? Math.log(probability) : leastLogprob;
  return { token, text, bytes: text.includes(replacement) ? bytesOf(model, token) : null, logprob };
}

/** Of a token that is no text by itself; empty where the vocabulary does not tell them. */
function bytesOf(model: LlamaModel, token: Token): readonly number[] {
  const own = model.fileInfo.metadata.tokenizer.ggml.tokens[token] ?? '';
  const hex = byteToken.exec(own)?.[1];
  if (hex !== undefined) return [Number.parseInt(hex, 16)];
  const bytes = [...own].map((character) => byteOfCharacter.get(character));
  return bytes.every((byte) => byte !== undefined) ? bytes : [];
}

/** Byte-level vocabularies write each byte as a character of its own. */
const byteOfCharacter: ReadonlyMap<string, number> = new Map(byteCharacters());

function byteCharacters(): [string, number][] {
  const shown = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  let hidden = 0;
  return Array.from({ length: 256 }, (_, byte) => {
    const code = shown(byte) ? byte : 256 + hidden++;
    return [String.fromCodePoint(code), byte];
  });
}

/** Numbers from 0 up to, and without, 1; the same ones for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

import { learnMerges } from './merges.ts';
import type { Topic } from './text.ts';

/** llama.cpp's token types, as `tokenizer.ggml.token_type` has them. */
const tokenType = { normal: 1, unknown: 2, control: 3, byte: 6 } as const;

export const special = { unknown: 0, begin: 1, turnStart: 2, turnEnd: 3 } as const;
const specialTexts = ['<unk>', '<s>', '<|im_start|>', '<|im_end|>'];
const firstByte = specialTexts.length;
/** How SentencePiece writes a space. */
const space = '\u2581';
const roles = ['system', 'user', 'assistant'];

export interface Vocabulary {
  readonly texts: readonly string[];
  readonly scores: readonly number[];
  readonly types: readonly number[];
  /** The token of exactly this text, with spaces as spaces. Throws RangeError where there is none. */
  id(text: string): number;
}

/** The token of a byte; text that the vocabulary does not have is spelled in these. */
export function byteToken(byte: number): number {
  return firstByte + byte;
}

export const newline = byteToken(10);

/**
 * A SentencePiece vocabulary in which every word of the text is one token. All 256 bytes have
 * tokens too: without them llama.cpp aborts on the first character that it does not know.
 */
export function buildVocabulary(topics: readonly Topic[]): Vocabulary {
  const pieces = wholePieces(topics).map((piece) => piece.replace(' ', space));
  const merges = learnMerges(pieces);
  const single = new Set([space, ...pieces.filter((piece) => [...piece].length === 1)]);
  const normal = [...merges, ...single];
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${hex(byte)}>`);
  const texts = [...specialTexts, ...bytes, ...normal];
  const ids = new Map(texts.map((text, id) => [text, id]));
  const before = texts.length - normal.length;
  return {
    texts,
    // The earlier a merge was learned, the higher its score: llama.cpp merges by score.
    scores: texts.map((_, id) => Math.min(0, before - id)),
    types: texts.map((_, id) => typeOf(id, before)),
    id(text) {
      const id = ids.get(text.replace(' ', space));
      if (id === undefined) throw new RangeError(`The sample's vocabulary has no token "${text}".`);
      return id;
    },
  };
}

/** Splits a sentence into the texts of its tokens: words with the space before them, and marks. */
export function splitSentence(sentence: string): string[] {
  return sentence.match(/ ?[A-Za-z]+|[.,!?:]/gu) ?? [];
}

/** The words in a token's text, without space and capitals, to compare words by. */
export function bareWord(text: string): string {
  return text.replace(space, '').toLowerCase();
}

/** The forms in which a word of a question may be written. */
export function keywordForms(keyword: string): string[] {
  return [` ${keyword}`, keyword, `${keyword.charAt(0).toUpperCase()}${keyword.slice(1)}`];
}

function wholePieces(topics: readonly Topic[]): string[] {
  const sentences = topics.flatMap((topic) => topic.sentences.flat());
  const openings = topics.flatMap((topic) => topic.sentences[0] ?? []);
  const pieces = [
    ...roles,
    ...openings.flatMap((sentence) => splitSentence(sentence)),
    ...sentences.flatMap((sentence) => splitSentence(` ${sentence}`)),
    ...topics.flatMap((topic) => topic.keywords.flatMap((keyword) => keywordForms(keyword))),
  ];
  return [...new Set(pieces)];
}

function typeOf(id: number, firstNormal: number): number {
  if (id === special.unknown) return tokenType.unknown;
  if (id < firstByte) return tokenType.control;
  return id < firstNormal ? tokenType.byte : tokenType.normal;
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** A vocabulary in which every word of three letters is one token, so that prompts have the length they should. */
export interface Vocabulary {
  readonly texts: readonly string[];
  readonly scores: readonly number[];
  readonly types: readonly number[];
  /** Tokens below this one are bytes, controls and letters: a synthetic model never writes them. */
  readonly firstWord: number;
}

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
/** What SentencePiece writes for a space. */
const space = '\u2581';
const type = { normal: 1, unknown: 2, control: 3, byte: 6 } as const;

export const special = { unknown: 0, begin: 1, end: 2, turnStart: 3, turnEnd: 4 } as const;

/**
 * Words begin with a space and grow letter by letter, since SentencePiece joins two tokens at a time:
 * " ab" exists because " abc" must be reached through it.
 */
export function createVocabulary(size: number): Vocabulary {
  const texts: string[] = [];
  const scores: number[] = [];
  const types: number[] = [];
  const add = (text: string, score: number, kind: number) => {
    texts.push(text);
    scores.push(score);
    types.push(kind);
  };
  add('<unk>', 0, type.unknown);
  for (const text of ['<s>', '</s>', '<|im_start|>', '<|im_end|>']) add(text, 0, type.control);
  for (let byte = 0; byte < 256; byte += 1) {
    add(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, 0, type.byte);
  }
  for (const text of [space, ...letters]) add(text, -10, type.normal);
  const firstWord = texts.length;
  for (const word of words(size - firstWord)) add(space + word, word.length - 10, type.normal);
  return { texts, scores, types, firstWord };
}

function words(count: number): string[] {
  let all: string[] = [];
  let longest = [''];
  while (all.length < count) {
    longest = longest.flatMap((word) => letters.map((letter) => word + letter));
    all = all.concat(longest.slice(0, count - all.length));
  }
  return all;
}

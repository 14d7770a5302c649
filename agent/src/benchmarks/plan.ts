import { ImpetusError } from '@impetus/contracts';

export interface SizesInput {
  readonly contextSize: number;
  readonly completionTokens: number;
  /** What was asked for; undefined: chosen here. */
  readonly asked: readonly number[] | undefined;
}

const small = 512;
const large = 4_096;
/** Templates and the beginning of a text take some tokens of their own. */
const spare = 16;

/** The prompt lengths to measure: a short and a long one that fit the context with the answer. */
export function promptSizes({ contextSize, completionTokens, asked }: SizesInput): readonly number[] {
  const most = contextSize - completionTokens - spare;
  const tooLong = asked?.find((size) => size > most);
  if (tooLong !== undefined || most < spare) {
    throw new ImpetusError(
      'invalid_request',
      `A prompt of ${tooLong ?? spare} tokens with ${completionTokens} to write does not fit the context of ${contextSize}. Choose a shorter one, or a larger context.`,
    );
  }
  if (asked !== undefined) return asked;
  const long = Math.min(large, most);
  const short = Math.min(small, Math.floor(long / 4));
  return [short, long];
}

/** Tokens that no prompt cache holds: their order differs at every run. */
export function promptOf(length: number, vocabularySize: number, random: () => number): number[] {
  // The first tokens of a vocabulary are often special or single bytes.
  const first = Math.min(300, Math.floor(vocabularySize / 2));
  const span = Math.max(1, Math.min(vocabularySize - first, 20_000));
  return Array.from({ length }, () => first + Math.floor(random() * span));
}

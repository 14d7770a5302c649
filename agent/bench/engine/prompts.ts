import { Random } from './random.ts';

const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** A text of exactly so many tokens of the synthetic vocabulary: each word of three letters is one. */
export function text(random: Random, tokens: number): string {
  const word = () => ` ${random.pick(letters)}${random.pick(letters)}${random.pick(letters)}`;
  return Array.from({ length: tokens }, word).join('');
}

import { randomInt } from 'node:crypto';
import { userCodeAlphabet } from '@impetus/contracts';

/** Eight consonants, 34 bits: enough for ten minutes and few tries. */
export function newUserCode(): string {
  const letter = () => userCodeAlphabet[randomInt(userCodeAlphabet.length)];
  const four = () => Array.from({ length: 4 }, letter).join('');
  return `${four()}-${four()}`;
}

import { ImpetusError, minPasswordLength } from '@impetus/contracts';
import { isCommon } from './common.ts';

const fewestCharacters = 4;
const bare = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** What speaks against a password that somebody chooses; null where nothing does. */
export function objectionTo(password: string, name: string): string | null {
  const characters = [...password.normalize('NFKC')];
  if (characters.length < minPasswordLength) {
    return `A password has at least ${minPasswordLength} characters.`;
  }
  if (new Set(characters).size < fewestCharacters) {
    return 'This password repeats too few characters. Choose another.';
  }
  if (isCommon(password)) return 'This password is among the first that anybody would try. Choose another.';
  const [letters, own] = [bare(password), bare(name)];
  // The name itself, and the name with a little around it.
  if (own.length >= 3 && letters.includes(own) && letters.length - own.length < 6) {
    return 'This password is the name, or little more. Choose another.';
  }
  return null;
}

/** Throws `invalid_request` with what speaks against it. */
export function requireGoodPassword(password: string, name: string, param: string): void {
  const objection = objectionTo(password, name);
  if (objection !== null) throw new ImpetusError('invalid_request', objection, { param });
}

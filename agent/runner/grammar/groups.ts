import { ImpetusError } from '@impetus/contracts';

/** No grammar that is meant needs more; llama.cpp's parser goes down with each and has no end of its own. */
const deepestGroup = 200;

/** What may hold parentheses that group nothing: texts, sets of characters, comments. */
const plain = /"(?:[^"\\]|\\.)*"|\[(?:[^\]\\]|\\.)*\]|#[^\n]*/gsu;

/** Throws `invalid_request` for groups so deep that reading them would end the process. */
export function refuseDeepGroups(grammar: string): void {
  let depth = 0;
  for (const [mark] of grammar.replace(plain, '').matchAll(/[()]/gu)) {
    depth += mark === '(' ? 1 : -1;
    if (depth <= deepestGroup) continue;
    throw new ImpetusError(
      'invalid_request',
      `The grammar has groups more than ${deepestGroup} levels deep.`,
      {
        param: 'grammar',
        detail: 'invalid_value',
      },
    );
  }
}

import type { ChatFormat } from '../format.ts';
import { Gbnf, literal } from './gbnf.ts';

/**
 * The grammar of a whole answer whose text or calls follow `bodies`, one of them, with thinking in front where the
 * model may think before; that of what follows the thinking where it is over.
 */
export function answerGrammar(
  bodies: readonly { readonly kind: 'text' | 'calls'; readonly grammar: string }[],
  { tools, thinking }: Pick<ChatFormat, 'tools' | 'thinking'>,
  mayThink: boolean,
): string {
  const gbnf = new Gbnf();
  const harmony = tools.kind === 'harmony';
  gbnf.rule('space', '[ \\t\\n]{0,8}');
  const options = bodies.map(({ kind, grammar }, index) => {
    const body = gbnf.embed(`body-${index}`, grammar);
    return harmony && kind === 'text' ? `${literal('<|channel|>final')} ${tail} ${body}` : body;
  });
  const body = `( ${options.join(' | ')} )`;
  if (!mayThink) return gbnf.print(harmony ? body : `space ${body}`);
  const thoughts = harmony
    ? `( ${literal('<|channel|>analysis<|message|>')} ${gbnf.until('<|end|>')} ${literal('<|start|>assistant')} )?`
    : `( space ${literal(thinking.open)} ${gbnf.until(thinking.close)} )? space`;
  return gbnf.print(`${thoughts} ${body}`);
}

const tail = `( ${literal(' <|constrain|>json')} )? ${literal('<|message|>')}`;

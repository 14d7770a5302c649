import { isNothing, type Expression } from './expression.ts';
import type { CodePoints } from '../regex/code-points.ts';

/** The rules as GBNF, as llama.cpp's `grammars/README.md` describes it. The rule “root” comes first. */
export function print(rules: ReadonlyMap<string, Expression>): string {
  return [...rules].map(([name, body]) => `${name} ::= ${printed(body)}\n`).join('');
}

function printed(expression: Expression): string {
  switch (expression.kind) {
    case 'text':
      return `"${[...expression.text].map((character) => escaped(character.codePointAt(0) ?? 0, '"')).join('')}"`;
    case 'class':
      return printedClass(expression.set);
    case 'rule':
      return expression.name;
    case 'sequence':
      return expression.parts.map(grouped).join(' ');
    case 'choice':
      return printedChoice(expression.options);
    case 'repeat':
      return `${grouped(expression.of)}${times(expression.min, expression.max)}`;
  }
}

function printedChoice(options: readonly Expression[]): string {
  const [first, second] = options;
  if (options.length === 2 && first !== undefined && second !== undefined && isNothing(second)) {
    return `${grouped(first)}?`;
  }
  return options.map(printed).join(' | ');
}

/** In parentheses where it would fall apart within a sequence or before a count. */
function grouped(expression: Expression): string {
  const bare = expression.kind === 'class' || expression.kind === 'rule' || expression.kind === 'text';
  return bare ? printed(expression) : `(${printed(expression)})`;
}

function times(min: number, max: number | null): string {
  if (max === null) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function printedClass(set: CodePoints): string {
  const ranges = set.map(([low, high]) =>
    low === high ? escaped(low, ']') : `${escaped(low, ']')}-${escaped(high, ']')}`,
  );
  return `[${ranges.join('')}]`;
}

/** Everything but plain ASCII as a code: what an editor or a parser might take for something else never stands bare. */
function escaped(point: number, closing: '"' | ']'): string {
  if (point > 0xff_ff) return `\\U${point.toString(16).padStart(8, '0')}`;
  if (point > 0x7e) return `\\u${point.toString(16).padStart(4, '0')}`;
  if (point < 0x20) return `\\x${point.toString(16).padStart(2, '0')}`;
  const character = String.fromCodePoint(point);
  if (character === '\\' || character === closing) return `\\${character}`;
  return closing === ']' && '[^-'.includes(character) ? `\\x${point.toString(16)}` : character;
}

import { choice, nothing, oneOf, sequence, text, type Expression } from '../expression/expression.ts';
import type { Grammar } from '../expression/grammar.ts';
import type { Automaton } from '../regex/automaton.ts';
import {
  characters,
  difference,
  everything,
  intersection,
  range,
  union,
  type CodePoints,
} from '../regex/code-points.ts';
import { counted } from './counted.ts';

const controls: CodePoints = [[0, 0x1f]];
const hasToBeEscaped = union(controls, characters('"\\'));
const shortEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
};
const hexDigits = union(range('0', '9'), range('a', 'f'));

/** Any string of so many characters, quotes included. `max` null: without end. */
export function anyString(grammar: Grammar, min: number, max: number | null): Expression {
  const character = grammar.rule('character', 'character', () =>
    choice(
      oneOf(difference(everything, hasToBeEscaped)),
      sequence(
        text('\\'),
        choice(
          oneOf(characters('"\\bfnrt')),
          sequence(text('u00'), oneOf(range('0', '1')), oneOf(hexDigits)),
        ),
      ),
    ),
  );
  return sequence(text('"'), counted(grammar, character, min, max), text('"'));
}

/** The strings whose text an automaton accepts, quotes included. */
export function stringOf(grammar: Grammar, key: string, automaton: Automaton): Expression {
  const state = (number: number): Expression =>
    grammar.rule(`${key} in state ${number}`, 'text', () => {
      const { accepting, edges } = automaton[number] ?? { accepting: false, edges: [] };
      const steps = edges.map(({ set, to }) => sequence(asJson(set), state(to)));
      return choice(...steps, ...(accepting ? [nothing] : []));
    });
  return sequence(text('"'), state(0), text('"'));
}

/** One character of a set as it stands in JSON's text (RFC 8259, section 7). */
function asJson(set: CodePoints): Expression {
  const bare = difference(set, hasToBeEscaped);
  const escaped = pointsOf(intersection(set, hasToBeEscaped)).map((point) => {
    const short = shortEscapes[String.fromCodePoint(point)];
    return text(short === undefined ? `\\u${point.toString(16).padStart(4, '0')}` : `\\${short}`);
  });
  return choice(...(bare.length > 0 ? [oneOf(bare)] : []), ...escaped);
}

function pointsOf(set: CodePoints): readonly number[] {
  return set.flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, offset) => low + offset));
}

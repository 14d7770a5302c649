import { choice, repeat, sequence, type Expression, type Rule } from '../expression/expression.ts';
import type { Grammar } from '../expression/grammar.ts';

/** Long counts are made of blocks: llama.cpp writes a repetition out and refuses one of two thousand. */
const block = 100;

/** Nobody writes more; a bound above it is as good as this one, since what is shorter is valid too. */
export const mostRepetitions = 100_000;

/** `min` to `max` times what a rule names, in a form that llama.cpp takes for any count. `max` null: without end. */
export function counted(grammar: Grammar, of: Rule, min: number, max: number | null): Expression {
  const required = exactly(grammar, of, min);
  if (max === null) return sequence(required, repeat(of, 0, null));
  return sequence(required, atMost(grammar, of, Math.min(max, mostRepetitions) - min));
}

function exactly(grammar: Grammar, of: Rule, count: number): Expression {
  if (count <= block) return repeat(of, count, count);
  const blocks = Math.floor(count / block);
  return sequence(repeat(blockOf(grammar, of), blocks, blocks), repeat(of, count % block, count % block));
}

/** Full blocks, and then what is less than one: a text of any length has one reading alone. */
function atMost(grammar: Grammar, of: Rule, count: number): Expression {
  if (count <= block) return repeat(of, 0, count);
  const blocks = Math.floor(count / block);
  const whole = blockOf(grammar, of);
  return choice(
    sequence(repeat(whole, 0, blocks - 1), repeat(of, 0, block - 1)),
    sequence(repeat(whole, blocks, blocks), repeat(of, 0, count % block)),
  );
}

function blockOf(grammar: Grammar, of: Rule): Expression {
  return grammar.rule(`${of.name} × ${block}`, 'block', () => repeat(of, block, block));
}

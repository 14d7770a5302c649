import { describe, expect, it } from 'vitest';
import { objectionTo } from './rules.ts';

describe('a password', () => {
  it.each(['tulips on the sill', 'Maria-went-to-Lisbon-1998', 'öäüß öäüß öäüß', '正しい馬電池ホチキスです'])(
    '%j is fine for Maria',
    (password) => {
      expect(objectionTo(password, 'Maria')).toBeNull();
    },
  );

  it.each([
    ['short', 'at least 10'],
    ['aaaaaaaaaaaaa', 'too few characters'],
    ['abababababab', 'too few characters'],
    ['Password123', 'first that anybody'],
    ['QWERTYUIOP', 'first that anybody'],
    ['Maria-Anna', 'the name'],
    ['maria.anna.1', 'the name'],
    ['MARIA ANNA!!!', 'the name'],
    // Nine letters and a combining accent are nine characters.
    ['e\u0301bcdefgh1', 'at least 10'],
  ])('%j is not: %s', (password, reason) => {
    expect(objectionTo(password, 'Maria Anna')).toContain(reason);
  });
});

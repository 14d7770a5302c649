import { describe, expect, it } from 'vitest';
import { AnswerText } from './answer-text.ts';
import { TokenTextDecoder } from './text-decoder.ts';

/** Tokens are their own text here. */
function answer(stops: readonly string[]): AnswerText<string> {
  return new AnswerText(new TokenTextDecoder<string>((tokens) => tokens.join(''), []), stops);
}

describe('AnswerText', () => {
  it('answers what came since the last reading, joined', () => {
    const text = answer([]);
    for (const token of ['a', 'b']) text.push(token);
    expect(text.read()).toEqual({ text: 'ab', tokens: 2 });
    expect(text.read()).toEqual({ text: '', tokens: 0 });
    text.push('c');
    expect(text.end()).toEqual({ text: 'c', tokens: 1 });
    expect(text.stopped).toBe(false);
  });

  it('ends before a stop string and says nothing of what follows', () => {
    const text = answer(['END']);
    expect(text.endsByText).toBe(true);
    for (const token of ['so E', 'ND', ' more']) text.push(token);
    expect(text.read()).toEqual({ text: 'so ', tokens: 3 });
    expect(text.stopped).toBe(true);
    expect(text.end()).toEqual({ text: '', tokens: 0 });
  });

  it('gives back what only looked like a stop string', () => {
    const text = answer(['END']);
    text.push('so EN');
    expect(text.read()).toEqual({ text: 'so ', tokens: 1 });
    expect(text.end()).toEqual({ text: 'EN', tokens: 0 });
  });

  it('does not swallow a broken character at the end', () => {
    const text = answer([]);
    text.push('\uFFFD');
    expect(text.read()).toEqual({ text: '', tokens: 1 });
    expect(text.end()).toEqual({ text: '\uFFFD', tokens: 0 });
  });
});

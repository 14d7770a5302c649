import { describe, expect, it } from 'vitest';
import { StopMatcher } from './stop-matcher.ts';

/** Runs pieces through a matcher as a stream does and says what a client would have received. */
function stream(pieces: readonly string[], stops: readonly string[]): { text: string; stop: string | null } {
  const matcher = new StopMatcher(stops);
  let text = '';
  for (const piece of pieces) {
    const match = matcher.push(piece);
    text += match.text;
    if (match.stop !== null) return { text, stop: match.stop };
  }
  return { text: text + matcher.flush(), stop: null };
}

/** What the answer must be, by the definition: cut at the earliest stop string. */
function expected(text: string, stops: readonly string[]): string {
  const ends = stops.map((stop) => text.indexOf(stop)).filter((index) => index >= 0);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}

describe('StopMatcher', () => {
  it('passes text through when there is nothing to stop at', () => {
    expect(stream(['one ', 'two'], [])).toEqual({ text: 'one two', stop: null });
  });

  it('finds a stop string that straddles pieces and never leaks its beginning', () => {
    expect(stream(['Hello <', '|e', 'nd|', '> more'], ['<|end|>'])).toEqual({
      text: 'Hello ',
      stop: '<|end|>',
    });
  });

  it('returns held-back text when the stream ends without the stop string', () => {
    expect(stream(['a <|en'], ['<|end|>'])).toEqual({ text: 'a <|en', stop: null });
  });

  it('gives held-back text up as soon as it cannot become a stop string', () => {
    const matcher = new StopMatcher(['<|end|>']);
    expect(matcher.push('<|e').text).toBe('');
    expect(matcher.push('x').text).toBe('<|ex');
  });

  it('stops at the earliest of several, whatever their order', () => {
    expect(stream(['abcdef'], ['ef', 'cd'])).toEqual({ text: 'ab', stop: 'cd' });
  });

  it('ignores empty stop strings', () => {
    expect(stream(['abc'], [''])).toEqual({ text: 'abc', stop: null });
  });

  it('agrees with the definition for every cut of a text into pieces', () => {
    const text = 'aabaabxaabab';
    for (const stops of [['aabx'], ['abab', 'bx'], ['aab'], ['zz'], ['b', 'aabab']]) {
      for (let cuts = 0; cuts < 2 ** (text.length - 1); cuts += 1) {
        const pieces: string[] = [];
        let piece = '';
        for (let index = 0; index < text.length; index += 1) {
          piece += text[index];
          if ((cuts >> index) & 1 || index === text.length - 1) {
            pieces.push(piece);
            piece = '';
          }
        }
        const result = stream(pieces, stops);
        if (result.text !== expected(text, stops)) {
          expect({ pieces, stops, text: result.text }).toEqual({
            pieces,
            stops,
            text: expected(text, stops),
          });
        }
      }
    }
  });
});

import { AnswerParser, detectFormat, knownTools } from '@impetus/chat';
import { describe, expect, it } from 'vitest';
import { AnswerReader, type Turn } from './answer-reader.ts';
import { TokenTextDecoder } from './text-decoder.ts';

/** Tokens are their own text here. */
const decoder = () => new TokenTextDecoder<string>((tokens) => tokens.join(''), []);

function answer(stops: readonly string[]): AnswerReader<string> {
  return new AnswerReader({ decoder: decoder(), stops, parser: null });
}

function chatAnswer(
  options: { oneCall?: boolean; stops?: string[]; turns?: Turn[] } = {},
): AnswerReader<string> {
  const parser = new AnswerParser({
    format: detectFormat(null),
    tools: knownTools([{ name: 'now' }]),
    thinkingOpen: false,
  });
  const { oneCall = false, stops = [], turns = [] } = options;
  return new AnswerReader({
    decoder: decoder(),
    stops,
    parser,
    oneCall,
    onTurn: (turn) => turns.push(turn),
  });
}

const delta = (text: string, tokens: number) => ({ kind: 'delta', text, tokens });
const call = ['<tool', '_call>{"name": ', '"now", "argu', 'ments": {', '}}', '</tool_call>'];

describe('AnswerReader', () => {
  it('answers what came since the last reading, joined', () => {
    const text = answer([]);
    for (const token of ['a', 'b']) text.push(token);
    expect(text.take()).toEqual([delta('ab', 2)]);
    expect(text.take()).toEqual([]);
    text.push('c');
    expect(text.end()).toEqual([delta('c', 1)]);
    expect(text.stopped).toBe(false);
  });

  it('leaves out the space before a text that a grammar rules, wherever it is cut', () => {
    const text = new AnswerReader({ decoder: decoder(), stops: [], parser: null, dropsSpaceInFront: true });
    for (const token of [' ', '\n', ' y', ' es']) text.push(token);
    expect(text.end()).toEqual([delta('y es', 4)]);
  });

  it('ends before a stop string and says nothing of what follows', () => {
    const text = answer(['END']);
    expect(text.endsByText).toBe(true);
    for (const token of ['so E', 'ND', ' more']) text.push(token);
    expect(text.take()).toEqual([delta('so ', 3)]);
    expect(text.stopped).toBe(true);
    expect(text.stopString).toBe('END');
    expect(text.end()).toEqual([]);
  });

  it('gives back what only looked like a stop string', () => {
    const text = answer(['END']);
    text.push('so EN');
    expect(text.take()).toEqual([delta('so ', 1)]);
    expect(text.end()).toEqual([delta('EN', 0)]);
  });

  it('does not swallow a broken character at the end', () => {
    const text = answer([]);
    text.push('\uFFFD');
    expect(text.take()).toEqual([delta('', 1)]);
    expect(text.end()).toEqual([delta('\uFFFD', 0)]);
  });

  it('tells thinking and calls apart, with every token counted once', () => {
    const turns: Turn[] = [];
    const text = chatAnswer({ turns });
    for (const token of ['<think>', 'Hm', '.', '</think>', 'I ', 'look.', '\n', ...call]) text.push(token);
    const pieces = [...text.take(), ...text.end()];
    expect(pieces.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(13);
    expect(pieces.filter((piece) => !('text' in piece) || piece.text !== '')).toMatchObject([
      { kind: 'reasoning', text: 'Hm.' },
      { kind: 'delta', text: 'I look.' },
      { kind: 'tool-call', index: 0, name: 'now' },
      { kind: 'tool-arguments', index: 0, text: '{}' },
      { kind: 'tool-call-end', index: 0 },
    ]);
    expect(text.reasoningTokens).toBe(3);
    expect(text.wholeCalls).toBe(1);
    expect(turns).toEqual([
      { kind: 'thought', after: '' },
      { kind: 'calls', mark: '<tool_call>', tool: null, after: '{"name": ' },
    ]);
  });

  it('looks for stop strings in the text alone', () => {
    const text = chatAnswer({ stops: ['now', 'Hm'] });
    for (const token of ['<think>', 'Hm</think>', 'Yes.', ...call, 'It is now.']) text.push(token);
    const pieces = [...text.take(), ...text.end()];
    expect(text.stopped).toBe(true);
    expect(pieces.filter(({ kind }) => kind === 'tool-call-end')).toHaveLength(1);
    expect(pieces.map((piece) => (piece.kind === 'delta' ? piece.text : '')).join('')).toBe('Yes.It is ');
  });

  it('ends with the first call where only one is wanted', () => {
    const text = chatAnswer({ oneCall: true });
    for (const token of [...call, ...call]) text.push(token);
    const pieces = text.take();
    expect(text.stopped).toBe(true);
    expect(pieces.filter(({ kind }) => kind === 'tool-call')).toHaveLength(1);
  });

  it('tells log probabilities with the text', () => {
    const text = answer([]);
    const logprob = (token: number) => ({ token, text: '', bytes: null, logprob: -1, top: [] });
    text.push('a', logprob(1));
    text.push('b', logprob(2));
    expect(text.take()).toEqual([
      { kind: 'delta', text: 'ab', tokens: 2, logprobs: [logprob(1), logprob(2)] },
    ]);
  });
});

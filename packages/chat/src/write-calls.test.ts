import { describe, expect, it } from 'vitest';
import { AnswerParser } from './answer-parser.ts';
import { detectFormat } from './detect.ts';
import { knownTools } from './pieces.ts';
import { families, type FamilyName } from './testing/families.ts';
import { argumentsObject, writeCalls } from './write-calls.ts';

const calls = [
  { name: 'look', arguments: '{"at": "a \\"b\\"\\nc", "deep": {"list": [1, true, null]}, "count": 2}' },
  { name: 'now', arguments: '{}' },
];

const written: readonly FamilyName[] = [
  'general',
  'hermes',
  'qwen-coder',
  'seed',
  'minimax',
  'deepseek-dsml',
  'glm',
  'llama',
  'mistral',
  'mistral-named',
  'deepseek',
  'deepseek-fenced',
  'kimi',
  'lfm',
  'phi',
  'command-r',
];

describe('writeCalls', () => {
  it.each(written)('writes what is read again: %s', (family) => {
    const format = detectFormat(families[family]);
    const parameters = { properties: { at: { type: 'string' } } };
    const parser = new AnswerParser({
      format,
      tools: knownTools([{ name: 'look', parameters }, { name: 'now' }]),
      thinkingOpen: false,
    });
    const pieces = [...parser.push(writeCalls(format.tools, calls)), ...parser.end()];
    const given = pieces.map((piece) =>
      piece.kind === 'arguments' ? piece.text : piece.kind === 'call' ? '|' : '',
    );
    const read = given.join('').split('|').slice(1);
    expect(read.map((text) => JSON.parse(text) as unknown)).toEqual(
      calls.map((call) => JSON.parse(call.arguments) as unknown),
    );
    expect(pieces.filter(({ kind }) => kind === 'text')).toEqual([]);
  });
});

describe('argumentsObject', () => {
  it('takes objects alone', () => {
    expect(argumentsObject('{"a": 1}')).toEqual({ a: 1 });
    expect(argumentsObject('')).toEqual({});
    expect(['[1]', '1', 'null', '{"a"'].map(argumentsObject)).toEqual([null, null, null, null]);
  });
});

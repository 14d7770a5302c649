import { describe, expect, it } from 'vitest';
import { AnswerParser } from './answer-parser.ts';
import { detectFormat } from './detect.ts';
import { knownTools, type ParsedPiece } from './pieces.ts';
import { families } from './testing/families.ts';
import { vectors, type Vector } from './testing/vectors.ts';

const tools = knownTools([
  {
    name: 'get_weather',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer' }, units: { enum: ['C', 'F'] } },
    },
  },
  {
    name: 'write-file',
    parameters: { type: 'object', properties: { path: { type: 'string' }, text: { type: 'string' } } },
  },
  { name: 'now' },
]);

interface Outcome {
  text: string;
  reasoning: string;
  calls: { name: string; arguments: string; whole: boolean }[];
}

function outcome(pieces: readonly ParsedPiece[]): Outcome {
  const read: Outcome = { text: '', reasoning: '', calls: [] };
  for (const piece of pieces) {
    const call = read.calls.at(-1);
    if (piece.kind === 'text') read.text += piece.text;
    if (piece.kind === 'reasoning') read.reasoning += piece.text;
    if (piece.kind === 'call') read.calls.push({ name: piece.name, arguments: '', whole: false });
    if (piece.kind === 'arguments' && call !== undefined) call.arguments += piece.text;
    if (piece.kind === 'call-end' && call !== undefined) call.whole = true;
  }
  return read;
}

function parse(
  { family, thinkingOpen = false, withoutTools = false }: Vector,
  texts: readonly string[],
): Outcome {
  const parser = new AnswerParser({
    format: detectFormat(families[family]),
    tools: withoutTools ? new Map() : tools,
    thinkingOpen,
  });
  return outcome([...texts.flatMap((text) => parser.push(text)), ...parser.end()]);
}

function withParsedArguments({ calls, ...rest }: Outcome) {
  return {
    ...rest,
    calls: calls.map(({ name, whole, arguments: given }) => ({
      name,
      arguments: whole ? (JSON.parse(given) as unknown) : given,
      whole,
    })),
  };
}

describe.each(vectors.map((vector) => [`${vector.family}: ${vector.what}`, vector] as const))(
  '%s',
  (_, vector) => {
    it('is told apart', () => {
      const { text = '', reasoning = '', calls = [] } = vector;
      expect(withParsedArguments(parse(vector, [vector.answer]))).toEqual({
        text,
        reasoning,
        calls: calls.map((call) => ({ whole: true, ...call })),
      });
    });

    it('is the same however it is cut', () => {
      const whole = parse(vector, [vector.answer]);
      for (let at = 1; at < vector.answer.length; at += 1) {
        expect(parse(vector, [vector.answer.slice(0, at), vector.answer.slice(at)]), `cut at ${at}`).toEqual(
          whole,
        );
      }
      expect(parse(vector, vector.answer.split(''))).toEqual(whole);
    });

    it('tells no whole call before its end, and half of none as a whole', () => {
      for (let length = 0; length < vector.answer.length; length += 1) {
        const { calls } = parse(vector, [vector.answer.slice(0, length)]);
        for (const call of calls.filter(({ whole }) => whole)) {
          expect(() => JSON.parse(call.arguments)).not.toThrow();
        }
      }
    });
  },
);

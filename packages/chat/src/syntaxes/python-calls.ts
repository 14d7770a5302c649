import type { PythonSyntax } from '../format.ts';
import { expect, NotThis } from '../json-reader.ts';
import type { Emit, KnownTools } from '../pieces.ts';
import { parsePythonCall } from '../python-literal.ts';
import type { Reading, TextSource } from '../text-source.ts';

/** Reads `[name(key=value), …]`, and `end` behind it. Each call is told when it is whole. Throws NotThis for others. */
export function* readPythonCalls(
  source: TextSource,
  syntax: PythonSyntax,
  tools: KnownTools,
  emit: Emit,
): Reading {
  yield* expect(source, '[');
  for (;;) {
    yield* source.skipSpace();
    const { name, arguments: given } = parsePythonCall(yield* oneCall(source));
    if (!tools.has(name)) throw new NotThis();
    emit({ kind: 'call', name });
    emit({ kind: 'arguments', text: JSON.stringify(given) });
    emit({ kind: 'call-end' });
    yield* source.skipSpace();
    if (!(yield* source.accept(','))) break;
  }
  yield* source.accept(']');
  yield* source.skipSpace();
  if (syntax.end !== null) yield* source.accept(syntax.end);
}

/** The text of one call, from its name to its last parenthesis. */
function* oneCall(source: TextSource): Reading<string> {
  let text = '';
  let depth = 0;
  let quote = '';
  for (;;) {
    if ((yield* source.peek()) === null) throw new NotThis();
    const character = source.take(1);
    text += character;
    if (quote !== '') {
      if (character === '\\') text += yield* next(source);
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) {
      depth -= 1;
      if (depth === 0) return text;
      if (depth < 0) throw new NotThis();
    }
  }
}

function* next(source: TextSource): Reading<string> {
  if ((yield* source.peek()) === null) throw new NotThis();
  return source.take(1);
}

import type { JsonSyntax } from '../format.ts';
import { expect, isJson, jsonString, jsonText, NotThis, parse, readJson } from '../json-reader.ts';
import type { Emit, KnownTools } from '../pieces.ts';
import type { Reading, TextSource } from '../text-source.ts';

/** Reads the calls behind `begin`, one or several, up to and with `end`. Throws NotThis where they are none. */
export function* readJsonCalls(
  source: TextSource,
  syntax: JsonSyntax,
  tools: KnownTools,
  emit: Emit,
): Reading {
  yield* source.skipSpace();
  const list = yield* source.accept('[');
  for (let first = true; ; first = false) {
    yield* source.skipSpace();
    if (!first && !(yield* anotherCall(source))) break;
    yield* readCall(source, syntax, tools, emit);
  }
  yield* source.skipSpace();
  if (list) yield* source.accept(']');
  yield* source.skipSpace();
  if (syntax.end !== null) yield* source.accept(syntax.end);
}

function* anotherCall(source: TextSource): Reading<boolean> {
  if ((yield* source.accept(',')) || (yield* source.accept(';'))) yield* source.skipSpace();
  return yield* source.startsWith('{');
}

/** One object: its arguments are told as they come once its name is known, and at its end otherwise. */
function* readCall(source: TextSource, syntax: JsonSyntax, tools: KnownTools, emit: Emit): Reading {
  yield* expect(source, '{');
  let name: string | null = null;
  let held: string | null = null;
  let told = false;
  for (let first = true; ; first = false) {
    yield* source.skipSpace();
    if (yield* source.accept('}')) break;
    if (!first) yield* expect(source, ',');
    yield* source.skipSpace();
    const key = yield* jsonString(source);
    yield* expect(source, ':');
    if (isNameKey(key, syntax)) {
      name = yield* jsonString(source);
      if (!tools.has(name)) throw new NotThis();
      emit({ kind: 'call', name });
    } else if (isArgumentsKey(key, syntax) && name !== null && !told) {
      yield* tellArguments(source, emit);
      told = true;
    } else if (isArgumentsKey(key, syntax) && !told) held = yield* jsonText(source);
    // An id, the type, or what else a model adds.
    else yield* jsonText(source);
  }
  if (name === null) throw new NotThis();
  if (!told) emit({ kind: 'arguments', text: held === null ? '{}' : unwrapped(held) });
  emit({ kind: 'call-end' });
}

function* tellArguments(source: TextSource, emit: Emit): Reading {
  yield* source.skipSpace();
  if (!(yield* source.startsWith('{'))) {
    emit({ kind: 'arguments', text: unwrapped(yield* jsonText(source)) });
    return;
  }
  yield* readJson(source, (text) => emit({ kind: 'arguments', text }));
}

/** Arguments that were written as a string that holds JSON; none are an empty object. */
function unwrapped(text: string): string {
  const value = parse(text);
  if (value === null) return '{}';
  return typeof value === 'string' && isJson(value) ? value : text;
}

function isNameKey(key: string, { nameKey }: JsonSyntax): boolean {
  return key === nameKey || key === 'name';
}

function isArgumentsKey(key: string, { argumentsKey }: JsonSyntax): boolean {
  return key === argumentsKey || key === 'arguments' || key === 'parameters';
}

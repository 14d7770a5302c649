import type { TaggedSyntax } from '../format.ts';
import { NotThis } from '../json-reader.ts';
import { isText, parameterSchema, valueToJson } from '../parameter-text.ts';
import type { Emit, KnownTool, KnownTools } from '../pieces.ts';
import type { Reading, TextSource } from '../text-source.ts';

/** Reads the calls behind `begin`, up to and with `end`. Throws NotThis where they are none. */
export function* readTaggedCalls(
  source: TextSource,
  syntax: TaggedSyntax,
  tools: KnownTools,
  emit: Emit,
): Reading {
  for (let calls = 0; ; calls += 1) {
    yield* source.skipSpace();
    if (yield* source.accept(syntax.end)) return;
    if (!(yield* source.accept(syntax.call[0]))) {
      if (calls === 0) throw new NotThis();
      return;
    }
    yield* readCall(source, syntax, tools, emit);
  }
}

function* readCall(source: TextSource, syntax: TaggedSyntax, tools: KnownTools, emit: Emit): Reading {
  const { text, mark } = yield* source.textUntil([syntax.call[1]]);
  const tool = tools.get(text.trim());
  if (mark === null || tool === undefined) throw new NotThis();
  emit({ kind: 'call', name: tool.name });
  emit({ kind: 'arguments', text: '{' });
  for (let first = true; ; first = false) {
    yield* source.skipSpace();
    if (!(yield* source.accept(syntax.parameter[0]))) break;
    if (!first) emit({ kind: 'arguments', text: ', ' });
    yield* readParameter(source, syntax, tool, emit);
  }
  if (!(yield* source.accept(syntax.callEnd))) throw new NotThis();
  emit({ kind: 'arguments', text: '}' });
  emit({ kind: 'call-end' });
}

function* readParameter(source: TextSource, syntax: TaggedSyntax, tool: KnownTool, emit: Emit): Reading {
  const { text, mark } = yield* source.textUntil([syntax.parameter[1]]);
  if (mark === null) throw new NotThis();
  const { key, said } = keyOf(text);
  const schema = parameterSchema(tool.parameters, key);
  emit({ kind: 'arguments', text: `${JSON.stringify(key)}: ` });
  if (said ?? isText(schema) === true) {
    yield* tellText(source, syntax, emit);
    return;
  }
  const value = yield* source.textUntil([syntax.parameterEnd]);
  if (value.mark === null) throw new NotThis();
  emit({ kind: 'arguments', text: valueToJson(withoutOuterLines(value.text), schema) });
}

/** A key, and whether its tag says that the value is a text: `key" string="true`. */
function keyOf(text: string): { readonly key: string; readonly said: boolean | undefined } {
  const match = /^(.*?)" string="(true|false)"$/u.exec(text);
  const [, key, said] = match ?? [];
  return key === undefined ? { key: text.trim(), said: undefined } : { key, said: said === 'true' };
}

/** Tells a text as it comes, as a JSON string; the line end before its closing tag is not part of it. */
function* tellText(source: TextSource, { parameterEnd, lines }: TaggedSyntax, emit: Emit): Reading {
  emit({ kind: 'arguments', text: '"' });
  let atStart = true;
  let held = '';
  const mark = yield* source.until([parameterEnd], (piece) => {
    let text = held + piece;
    if (atStart && text.startsWith('\n')) text = text.slice(1);
    atStart = false;
    held = text.endsWith('\n') ? '\n' : '';
    tell(held === '' ? text : text.slice(0, -1), emit);
  });
  if (mark === null) throw new NotThis();
  if (!lines) tell(held, emit);
  emit({ kind: 'arguments', text: '"' });
}

function tell(text: string, emit: Emit): void {
  if (text !== '') emit({ kind: 'arguments', text: JSON.stringify(text).slice(1, -1) });
}

function withoutOuterLines(text: string): string {
  return text.replace(/^\n/u, '').replace(/\n$/u, '');
}

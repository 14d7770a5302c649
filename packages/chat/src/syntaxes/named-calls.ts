import type { NamedSyntax } from '../format.ts';
import { NotThis, readJson } from '../json-reader.ts';
import type { Emit, KnownTools } from '../pieces.ts';
import type { Reading, TextSource } from '../text-source.ts';

/** Where a name ends at the latest: none has a line end, and none is that long. */
const longestName = 256;

/** Reads the calls behind the section's opening, or behind the first call's own. Throws NotThis where they are none. */
export function* readNamedCalls(
  source: TextSource,
  syntax: NamedSyntax,
  tools: KnownTools,
  emit: Emit,
): Reading {
  if (syntax.section === null) {
    yield* readCall(source, syntax, tools, emit);
    while (yield* anotherCall(source, syntax.begin)) yield* readCall(source, syntax, tools, emit);
    return;
  }
  let calls = 0;
  while (yield* anotherCall(source, syntax.begin)) {
    yield* readCall(source, syntax, tools, emit);
    calls += 1;
  }
  if (calls === 0) throw new NotThis();
  yield* source.accept(syntax.section.close);
}

function* anotherCall(source: TextSource, begin: string): Reading<boolean> {
  yield* source.skipSpace();
  return yield* source.accept(begin);
}

function* readCall(source: TextSource, syntax: NamedSyntax, tools: KnownTools, emit: Emit): Reading {
  yield* source.skipSpace();
  yield* source.accept(syntax.prefix);
  const { text, mark } = yield* source.textUntil([syntax.separator]);
  const name = nameOf(text, syntax);
  if (mark === null || name.length > longestName || !tools.has(name)) throw new NotThis();
  emit({ kind: 'call', name });
  yield* source.skipSpace();
  yield* readJson(source, (piece) => emit({ kind: 'arguments', text: piece }));
  emit({ kind: 'call-end' });
  if (syntax.end === '') return;
  yield* source.skipSpace();
  yield* source.accept(syntax.end.trimStart());
}

/** Without a counter behind it, and without an id between marks of its own. */
function nameOf(text: string, { numbered }: NamedSyntax): string {
  const name = text.trim().replace(/\[CALL_ID\].*$/u, '');
  return numbered ? name.replace(/:\d+$/u, '') : name;
}

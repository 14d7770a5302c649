import type { ToolSyntax } from '../format.ts';
import type { Emit, KnownTools } from '../pieces.ts';
import type { Reading, TextSource } from '../text-source.ts';
import { readGemmaCalls } from './gemma-calls.ts';
import { readJsonCalls } from './json-calls.ts';
import { readNamedCalls } from './named-calls.ts';
import { readPairCalls } from './pair-calls.ts';
import { readPythonCalls } from './python-calls.ts';
import { readTaggedCalls } from './tagged-calls.ts';

/** The syntaxes whose calls stand between marks in a text. */
export type MarkedSyntax = Exclude<ToolSyntax, { kind: 'harmony' }>;

/** By what a text tells that calls follow; none: calls stand at the beginning or nowhere. */
export function callMarks(syntax: MarkedSyntax): readonly string[] {
  if (syntax.kind === 'named') {
    return syntax.section === null ? [syntax.begin] : [syntax.section.open, syntax.begin];
  }
  return syntax.begin === null ? [] : [syntax.begin];
}

/** Reads the calls behind one of the marks. Throws NotThis where they are none. */
export function* readCalls(
  source: TextSource,
  syntax: MarkedSyntax,
  mark: string | null,
  tools: KnownTools,
  emit: Emit,
): Reading {
  switch (syntax.kind) {
    case 'json':
      yield* readJsonCalls(source, syntax, tools, emit);
      break;
    case 'named':
      // Some models leave out what is around all calls.
      yield* readNamedCalls(
        source,
        mark === syntax.begin ? { ...syntax, section: null } : syntax,
        tools,
        emit,
      );
      break;
    case 'tagged':
      yield* readTaggedCalls(source, syntax, tools, emit);
      break;
    case 'pairs':
      yield* readPairCalls(source, syntax, tools, emit);
      break;
    case 'python':
      yield* readPythonCalls(source, syntax, tools, emit);
      break;
    case 'gemma':
      yield* readGemmaCalls(source, syntax, tools, emit);
      break;
  }
}

/** What may stand in front of a call that needs no mark. */
const pythonTag = '<|python_tag|>';

/** Whether an answer begins as a call without a mark does: with the keys of one, or with a tool's name. */
export function beginsAsCall(syntax: MarkedSyntax, text: string, tools: KnownTools): 'yes' | 'no' | 'maybe' {
  const dense = text.replaceAll(/\s+/gu, '').replace(pythonTag, '');
  if (dense === '' || pythonTag.startsWith(dense)) return 'maybe';
  if (syntax.kind === 'json') {
    const openings = [syntax.nameKey, 'name', 'type', 'function'].map((key) => `{"${key}":`);
    if (openings.some((opening) => dense.startsWith(opening))) return 'yes';
    return openings.some((opening) => opening.startsWith(dense)) ? 'maybe' : 'no';
  }
  const name = /^\[([\w.-]*)(\(?)/u.exec(dense);
  if (syntax.kind !== 'python' || name === null) return 'no';
  if (name[2] === '(') return tools.has(name[1] ?? '') ? 'yes' : 'no';
  return name[0] === dense ? 'maybe' : 'no';
}

export { pythonTag };

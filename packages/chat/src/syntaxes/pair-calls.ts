import type { PairsSyntax } from '../format.ts';
import { NotThis } from '../json-reader.ts';
import { parameterSchema, valueToJson } from '../parameter-text.ts';
import type { Emit, KnownTools } from '../pieces.ts';
import type { Reading, TextSource } from '../text-source.ts';

/** Tags of one pair. */
export const pairTags = {
  key: ['<arg_key>', '</arg_key>'],
  value: ['<arg_value>', '</arg_value>'],
} as const;

/** Reads one call behind `begin`: its name, then keys and values in turn. Throws NotThis where it is none. */
export function* readPairCalls(
  source: TextSource,
  syntax: PairsSyntax,
  tools: KnownTools,
  emit: Emit,
): Reading {
  const { text, mark } = yield* source.textUntil([pairTags.key[0], syntax.end]);
  const tool = tools.get(text.trim());
  if (mark === null || tool === undefined) throw new NotThis();
  emit({ kind: 'call', name: tool.name });
  emit({ kind: 'arguments', text: '{' });
  let here: string | null = mark;
  for (let first = true; here === pairTags.key[0]; first = false) {
    const key = yield* inside(source, pairTags.key[1]);
    yield* source.skipSpace();
    if (!(yield* source.accept(pairTags.value[0]))) throw new NotThis();
    const value = yield* inside(source, pairTags.value[1]);
    const json = valueToJson(value, parameterSchema(tool.parameters, key.trim()));
    emit({
      kind: 'arguments',
      text: `${first ? '' : ', '}${JSON.stringify(key.trim())}: ${json}`,
    });
    ({ mark: here } = yield* source.textUntil([pairTags.key[0], syntax.end]));
  }
  if (here === null) throw new NotThis();
  emit({ kind: 'arguments', text: '}' });
  emit({ kind: 'call-end' });
}

function* inside(source: TextSource, end: string): Reading<string> {
  const { text, mark } = yield* source.textUntil([end]);
  if (mark === null) throw new NotThis();
  return text;
}

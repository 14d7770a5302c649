import type { GemmaSyntax } from '../format.ts';
import { NotThis } from '../json-reader.ts';
import type { Emit, KnownTools } from '../pieces.ts';
import type { Reading, TextSource } from '../text-source.ts';

/** Reads `call:name{key:value,…}` and `end`. A call is told when it is whole. Throws NotThis where it is none. */
export function* readGemmaCalls(
  source: TextSource,
  syntax: GemmaSyntax,
  tools: KnownTools,
  emit: Emit,
): Reading {
  yield* source.skipSpace();
  if (!(yield* source.accept('call:'))) throw new NotThis();
  const { text, mark } = yield* source.textUntil([syntax.end]);
  const open = text.indexOf('{');
  const name = text.slice(0, Math.max(0, open)).trim();
  if (mark === null || !tools.has(name)) throw new NotThis();
  const given = toJson(text.slice(open), syntax.quote);
  emit({ kind: 'call', name });
  emit({ kind: 'arguments', text: given });
  emit({ kind: 'call-end' });
}

/** The same object with quotes around keys and texts. */
function toJson(text: string, quote: string): string {
  const parts = text.split(quote);
  // Between two marks stands a text; outside of them everything is structure.
  const json = parts.map((part, index) => (index % 2 === 1 ? JSON.stringify(part) : withQuotedKeys(part)));
  try {
    return JSON.stringify(JSON.parse(json.join('')));
  } catch {
    throw new NotThis();
  }
}

function withQuotedKeys(structure: string): string {
  return structure.replaceAll(/([{,]\s*)([^\s{}[\],:"]+)\s*:/gu, (_, before: string, key: string) => {
    return `${before}${JSON.stringify(key)}:`;
  });
}

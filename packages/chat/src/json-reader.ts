import type { Reading, TextSource } from './text-source.ts';

/** Thrown by readers where the text is not what they read. */
export class NotThis extends Error {
  override readonly name = 'NotThis';
}

const space = /^[\s]*/u;
const scalarEnd = /[\s,\]}]/u;

/** Reads one JSON value and gives its text to `onText` as it comes. Throws NotThis where it is none or is cut off. */
export function* readJson(source: TextSource, onText: (text: string) => void): Reading {
  yield* source.skipSpace();
  const first = yield* source.peek();
  if (first === null) throw new NotThis();
  if (first === '"') yield* readString(source, onText);
  else if (first === '{' || first === '[') yield* readNested(source, onText);
  else yield* readScalar(source, onText);
}

/** The same, in one piece. */
export function* jsonText(source: TextSource): Reading<string> {
  let text = '';
  yield* readJson(source, (piece) => {
    text += piece;
  });
  return text;
}

/** The same, as the string that it has to be. */
export function* jsonString(source: TextSource): Reading<string> {
  const value: unknown = parse(yield* jsonText(source));
  if (typeof value !== 'string') throw new NotThis();
  return value;
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new NotThis();
  }
}

/** Whether JSON.parse takes it. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Takes `text`, behind any space. Throws NotThis where it is not there. */
export function* expect(source: TextSource, text: string): Reading {
  yield* source.skipSpace();
  if (!(yield* source.accept(text))) throw new NotThis();
}

function* readNested(source: TextSource, onText: (text: string) => void): Reading {
  let depth = 0;
  for (;;) {
    const { rest } = source;
    let index = 0;
    while (index < rest.length && rest[index] !== '"') {
      const character = rest[index] ?? '';
      index += 1;
      if (character === '{' || character === '[') depth += 1;
      if (character === '}' || character === ']') depth -= 1;
      if (depth === 0) {
        onText(source.take(index));
        return;
      }
    }
    if (index > 0) onText(source.take(index));
    if (source.rest === '' && !(yield* source.more())) throw new NotThis();
    if (source.rest.startsWith('"')) yield* readString(source, onText);
  }
}

function* readString(source: TextSource, onText: (text: string) => void): Reading {
  onText(source.take(1));
  for (;;) {
    const part = /^(?:[^"\\]|\\[^])*/u.exec(source.rest)?.[0] ?? '';
    if (part !== '') onText(source.take(part.length));
    if (source.rest.startsWith('"')) {
      onText(source.take(1));
      return;
    }
    // Nothing is left, or half of an escape.
    if (!(yield* source.more())) throw new NotThis();
  }
}

function* readScalar(source: TextSource, onText: (text: string) => void): Reading {
  let text = '';
  for (;;) {
    const end = source.rest.search(scalarEnd);
    text += source.take(end < 0 ? source.rest.length : end);
    if (end >= 0 || !(yield* source.more())) break;
  }
  if (!isJson(text)) throw new NotThis();
  onText(text);
}

/** A text without the space in front of it. */
export function withoutSpace(text: string): string {
  return text.replace(space, '');
}

import { NotThis } from './json-reader.ts';

/** A cursor in a text that is here as a whole. */
interface Cursor {
  readonly text: string;
  at: number;
}

export interface PythonCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Reads `name(key=value, …)`. Throws NotThis where it is none. */
export function parsePythonCall(text: string): PythonCall {
  const cursor: Cursor = { text, at: 0 };
  const name = take(cursor, /[\w.-]+/uy);
  literal(cursor, '(');
  const given: Record<string, unknown> = {};
  while (!accept(cursor, ')')) {
    const key = take(cursor, /\w+/uy);
    literal(cursor, '=');
    given[key] = value(cursor);
    if (!accept(cursor, ',') && peek(cursor) !== ')') throw new NotThis();
  }
  return { name, arguments: given };
}

function value(cursor: Cursor): unknown {
  const next = peek(cursor);
  if (next === '"' || next === "'") return quoted(cursor);
  if (next === '[' || next === '(') return list(cursor, next === '[' ? ']' : ')');
  if (next === '{') return dictionary(cursor);
  const word = take(cursor, /[^\s,\]})]+/uy);
  if (word in constants) return constants[word as keyof typeof constants];
  const number = Number(word.replaceAll('_', ''));
  if (Number.isNaN(number)) throw new NotThis();
  return number;
}

const constants = { True: true, False: false, None: null, true: true, false: false, null: null };

function list(cursor: Cursor, end: string): unknown[] {
  literal(cursor, peek(cursor));
  const items: unknown[] = [];
  while (!accept(cursor, end)) {
    items.push(value(cursor));
    if (!accept(cursor, ',') && peek(cursor) !== end) throw new NotThis();
  }
  return items;
}

function dictionary(cursor: Cursor): Record<string, unknown> {
  literal(cursor, '{');
  const entries: Record<string, unknown> = {};
  while (!accept(cursor, '}')) {
    const key = String(value(cursor));
    literal(cursor, ':');
    entries[key] = value(cursor);
    if (!accept(cursor, ',') && peek(cursor) !== '}') throw new NotThis();
  }
  return entries;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '\n': '' };

function quoted(cursor: Cursor): string {
  const quote = peek(cursor);
  literal(cursor, quote);
  let read = '';
  for (;;) {
    const character = cursor.text[cursor.at];
    cursor.at += 1;
    if (character === undefined) throw new NotThis();
    if (character === quote) return read;
    read += character === '\\' ? escaped(cursor) : character;
  }
}

function escaped(cursor: Cursor): string {
  const character = cursor.text[cursor.at] ?? '';
  cursor.at += 1;
  const digits = { x: 2, u: 4, U: 8 }[character];
  if (digits === undefined) return escapes[character] ?? character;
  const code = cursor.text.slice(cursor.at, cursor.at + digits);
  cursor.at += digits;
  const point = /^[\da-f]+$/iu.test(code) ? Number.parseInt(code, 16) : Number.NaN;
  if (!(point <= 0x10_ff_ff)) throw new NotThis();
  return String.fromCodePoint(point);
}

function peek(cursor: Cursor): string {
  while (/\s/u.test(cursor.text[cursor.at] ?? '')) cursor.at += 1;
  return cursor.text[cursor.at] ?? '';
}

function accept(cursor: Cursor, character: string): boolean {
  if (peek(cursor) !== character) return false;
  cursor.at += 1;
  return true;
}

function literal(cursor: Cursor, character: string): void {
  if (character === '' || !accept(cursor, character)) throw new NotThis();
}

function take(cursor: Cursor, pattern: RegExp): string {
  peek(cursor);
  pattern.lastIndex = cursor.at;
  const [found] = pattern.exec(cursor.text) ?? [];
  if (found === undefined) throw new NotThis();
  cursor.at += found.length;
  return found;
}

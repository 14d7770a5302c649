import type { ToolCall } from '@impetus/contracts';
import type { NamedSyntax, PairsSyntax, TaggedSyntax, ToolSyntax } from './format.ts';
import { pairTags } from './syntaxes/pair-calls.ts';

type WrittenCall = Pick<ToolCall, 'name' | 'arguments'>;

/** Calls as a model writes them, for templates that cannot write those of earlier messages themselves. */
export function writeCalls(syntax: ToolSyntax, calls: readonly WrittenCall[]): string {
  switch (syntax.kind) {
    case 'json': {
      const objects = calls.map(
        (call) =>
          `{${JSON.stringify(syntax.nameKey)}: ${JSON.stringify(call.name)}, ${JSON.stringify(syntax.argumentsKey)}: ${call.arguments}}`,
      );
      const begin = syntax.begin ?? '';
      const end = syntax.end ?? '';
      if (syntax.form === 'each') return objects.map((object) => `${begin}\n${object}\n${end}`).join('\n');
      return syntax.form === 'list' ? `${begin}[${objects.join(', ')}]${end}` : lines(begin, objects, end);
    }
    case 'named':
      return writeNamed(syntax, calls);
    case 'tagged':
      return writeTagged(syntax, calls);
    case 'pairs':
      return calls.map((call) => writePairs(syntax, call)).join('\n');
    case 'python':
      return `${syntax.begin ?? ''}[${calls.map(writePython).join(', ')}]${syntax.end ?? ''}`;
    // Their templates all write calls themselves.
    case 'gemma':
    case 'harmony':
      return calls.map((call) => `${call.name}(${call.arguments})`).join('\n');
  }
}

function lines(begin: string, objects: readonly string[], end: string): string {
  return begin === '' ? objects.join('\n') : `${begin}\n${objects.join('\n')}\n${end}`;
}

function writeNamed(syntax: NamedSyntax, calls: readonly WrittenCall[]): string {
  const written = calls.map((call, index) => {
    const name = `${syntax.prefix}${call.name}${syntax.numbered ? `:${index}` : ''}`;
    return `${syntax.begin}${name}${syntax.separator}${call.arguments}${syntax.end}`;
  });
  return `${syntax.section?.open ?? ''}${written.join('')}${syntax.section?.close ?? ''}`;
}

function writeTagged(syntax: TaggedSyntax, calls: readonly WrittenCall[]): string {
  const written = calls.map((call) => {
    const parameters = entries(call.arguments).map(([key, value]) => {
      const break_ = syntax.lines ? '\n' : '';
      const open = `${syntax.parameter[0]}${key}${syntax.parameter[1]}`;
      return `${open}${break_}${plain(value)}${break_}${syntax.parameterEnd}\n`;
    });
    return `${syntax.call[0]}${call.name}${syntax.call[1]}\n${parameters.join('')}${syntax.callEnd}`;
  });
  if (syntax.each) return written.map((call) => `${syntax.begin}\n${call}\n${syntax.end}`).join('\n');
  return `${syntax.begin}\n${written.join('\n')}\n${syntax.end}`;
}

function writePairs({ begin, end }: PairsSyntax, call: WrittenCall): string {
  const { key, value } = pairTags;
  const pairs = entries(call.arguments).map(
    ([name, given]) => `${key[0]}${name}${key[1]}\n${value[0]}${plain(given)}${value[1]}\n`,
  );
  return `${begin}${call.name}\n${pairs.join('')}${end}`;
}

function writePython(call: WrittenCall): string {
  const given = entries(call.arguments).map(([key, value]) => `${key}=${pythonValue(value)}`);
  return `${call.name}(${given.join(', ')})`;
}

function pythonValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${pythonValue(item)}`);
    return `{${pairs.join(', ')}}`;
  }
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}

/** The arguments as an object; those that are none were never a call of these syntaxes. */
function entries(text: string): readonly [string, unknown][] {
  const value = argumentsObject(text);
  return value === null ? [] : Object.entries(value);
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The object that a call's arguments are; null: they are none. */
export function argumentsObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

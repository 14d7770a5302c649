import type { ChatFormat } from '@impetus/chat';

/** Marks that parsers know beside those that a format names. */
const others: readonly string[] = [
  '<|channel|>',
  '<|message|>',
  '<|start|>',
  '<|end|>',
  '<|call|>',
  '<|return|>',
  '<|constrain|>',
  '<|python_tag|>',
  '[CALL_ID]',
  '<arg_key>',
  '</arg_key>',
  '<arg_value>',
  '</arg_value>',
];

/**
 * The control tokens that an answer in this format is read by, with their texts. Detokenizing leaves control tokens
 * out, and so it should: all others mean nothing to a reader.
 */
export function markTokens(
  { tools, thinking }: ChatFormat,
  controlTokens: ReadonlyMap<number, string>,
): ReadonlyMap<number, string> {
  const marks = [...textsOf(tools), ...textsOf(thinking), ...others].join('\n');
  return new Map([...controlTokens].filter(([, text]) => text.length > 1 && marks.includes(text)));
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

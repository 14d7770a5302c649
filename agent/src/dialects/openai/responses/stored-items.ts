import {
  responseItemType,
  type ResponseInputItem,
  type ResponseMessageItem,
} from '@impetus/contracts/openai-responses';
import type { ResponseItem } from '../../../responses/types.ts';
import { itemId } from './ids.ts';

const prefixes: Readonly<Record<string, string>> = {
  message: 'msg',
  reasoning: 'rs',
  function_call: 'fc',
  custom_tool_call: 'ctc',
  function_call_output: 'fco',
  custom_tool_call_output: 'ctco',
};

/** The items of a request as they are kept and listed: each with an id, messages in their long form. */
export function storedItems(items: readonly ResponseInputItem[], key: string): readonly ResponseItem[] {
  return items.map((item, index) => {
    const type = responseItemType(item);
    const own = item['id'];
    const prefix = Object.hasOwn(prefixes, type) ? prefixes[type] : undefined;
    const id = typeof own === 'string' ? own : itemId(prefix ?? 'item', key, 'input', index);
    if (type === 'message') return { ...longForm(item as ResponseMessageItem), id };
    return { ...item, type, id, ...(type.endsWith('_output') && { status: item['status'] ?? 'completed' }) };
  });
}

function longForm(item: ResponseMessageItem): { readonly type: string; readonly [field: string]: unknown } {
  const { role, content } = item;
  const text =
    role === 'assistant'
      ? { type: 'output_text', text: content, annotations: [], logprobs: [] }
      : { type: 'input_text', text: content };
  return {
    ...item,
    type: 'message',
    status: item['status'] ?? 'completed',
    content: typeof content === 'string' ? [text] : content,
  };
}

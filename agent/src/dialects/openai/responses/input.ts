import type { PromptMessage, ToolCall } from '@impetus/contracts';
import {
  responseItemType,
  type ResponseCallOutputItem,
  type ResponseCustomCallItem,
  type ResponseFunctionCallItem,
  type ResponseInputItem,
  type ResponseMessageItem,
  type ResponsePart,
  type ResponseReasoningItem,
} from '@impetus/contracts/openai-responses';
import { partTexts } from '../part-texts.ts';
import { flatName } from './tool-book.ts';

/** Thinking, a text and calls in this order are one message of an assistant. */
interface Turn {
  reasoning: string;
  content: string | readonly string[] | null;
  readonly toolCalls: ToolCall[];
}

/**
 * The items of a conversation as messages. Kinds of items that say nothing to a model here are passed over. Mistakes
 * are named by the place of an item among those after the first `before`.
 */
export function toMessages(items: readonly ResponseInputItem[], before = 0): readonly PromptMessage[] {
  const messages: PromptMessage[] = [];
  let turn: Turn | null = null;
  const close = () => {
    if (turn !== null) messages.push(toMessage(turn));
    turn = null;
  };
  const open = (fits: (turn: Turn) => boolean): Turn => {
    if (turn !== null && !fits(turn)) close();
    return (turn ??= { reasoning: '', content: null, toolCalls: [] });
  };

  for (const [index, item] of items.entries()) {
    const param = `input[${index - before}]`;
    switch (responseItemType(item)) {
      case 'reasoning':
        open(({ content, toolCalls }) => content === null && toolCalls.length === 0).reasoning += thinking(
          item as ResponseReasoningItem,
          param,
        );
        break;
      case 'function_call':
      case 'custom_tool_call':
        open(() => true).toolCalls.push(toCall(item as ResponseFunctionCallItem | ResponseCustomCallItem));
        break;
      case 'function_call_output':
      case 'custom_tool_call_output': {
        close();
        const { call_id: toolCallId, output } = item as ResponseCallOutputItem;
        messages.push({ role: 'tool', content: textsOf(output, `${param}.output`), toolCallId });
        break;
      }
      case 'message': {
        const { role, content } = item as ResponseMessageItem;
        const texts = textsOf(content, `${param}.content`);
        if (role === 'assistant') {
          open((last) => last.content === null && last.toolCalls.length === 0).content = texts;
        } else {
          close();
          messages.push({ role, content: texts });
        }
        break;
      }
      default:
    }
  }
  close();
  return messages;
}

function toMessage({ reasoning, content, toolCalls }: Turn): PromptMessage {
  return {
    role: 'assistant',
    content: content ?? '',
    ...(reasoning !== '' && { reasoning }),
    ...(toolCalls.length > 0 && { toolCalls }),
  };
}

function toCall(item: ResponseFunctionCallItem | ResponseCustomCallItem): ToolCall {
  const { call_id: id, name, namespace } = item;
  const given = item.type === 'function_call' ? item.arguments : JSON.stringify({ input: item.input });
  return { id, name: flatName(name, namespace), arguments: given };
}

/** What was thought, whole or as its summary: clients hand back what they were shown. */
function thinking({ content, summary }: ResponseReasoningItem, param: string): string {
  const [parts, name] = content && content.length > 0 ? [content, 'content'] : [summary ?? [], 'summary'];
  return partTexts(parts, `${param}.${name}`).join('\n\n');
}

function textsOf(content: string | readonly ResponsePart[], param: string): string | readonly string[] {
  if (typeof content === 'string') return content;
  const texts = partTexts(content, param);
  return texts.length === 1 ? (texts[0] ?? '') : texts;
}

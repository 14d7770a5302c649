import type { PromptMessage, ToolCall } from '@impetus/contracts';
import type { AnthropicBlock, AnthropicContent, AnthropicMessage } from '@impetus/contracts/anthropic';
import { contentOf, required, textOf, textsOf } from './content.ts';

/** The whole conversation as the agent's own, the system prompt first. */
export function toMessages(
  system: AnthropicContent | null | undefined,
  messages: readonly AnthropicMessage[],
): readonly PromptMessage[] {
  const instructions = system === null || system === undefined ? [] : textsOf(system, 'system');
  return [
    ...(instructions.length > 0 ? [{ role: 'system' as const, content: joined(instructions) }] : []),
    ...messages.flatMap((message, index) => toPromptMessages(message, `messages[${index}].content`)),
  ];
}

function toPromptMessages({ role, content }: AnthropicMessage, path: string): readonly PromptMessage[] {
  if (typeof content === 'string') return [{ role, content }];
  switch (role) {
    case 'assistant':
      return [toAnswer(content, path)];
    case 'system':
      return [{ role, content: joined(textsOf(content, path)) }];
    case 'user':
      return toTurn(content, path);
  }
}

/** What a model said before. Blocks that only another server's model can read are left out. */
function toAnswer(blocks: readonly AnthropicBlock[], path: string): PromptMessage {
  const thoughts = blocks.flatMap(({ type, thinking }) => (type === 'thinking' ? (thinking ?? []) : []));
  const reasoning = thoughts.filter((thought) => thought !== '').join('\n');
  const calls = blocks.flatMap((block, index) =>
    block.type === 'tool_use' ? [toCall(block, `${path}[${index}]`)] : [],
  );
  const texts = blocks.flatMap((block, index) =>
    block.type === 'text' ? [textOf(block, `${path}[${index}]`)] : [],
  );
  return {
    role: 'assistant',
    content: joined(texts),
    ...(reasoning !== '' && { reasoning }),
    ...(calls.length > 0 && { toolCalls: calls }),
  };
}

function toCall({ id, name, input }: AnthropicBlock, path: string): ToolCall {
  return {
    id: required(id, `${path}.id`),
    name: required(name, `${path}.name`),
    arguments: JSON.stringify(input ?? {}),
  };
}

/** A user's message: answers of tools are messages of their own, what stands between them stays together. */
function toTurn(blocks: readonly AnthropicBlock[], path: string): readonly PromptMessage[] {
  const messages: PromptMessage[] = [];
  let texts: string[] = [];
  const close = () => {
    if (texts.length > 0) messages.push({ role: 'user', content: joined(texts) });
    texts = [];
  };
  for (const [index, block] of blocks.entries()) {
    const at = `${path}[${index}]`;
    if (block.type === 'tool_result') {
      close();
      messages.push(toToolAnswer(block, at));
    } else texts.push(textOf(block, at));
  }
  close();
  return messages.length === 0 ? [{ role: 'user', content: '' }] : messages;
}

function toToolAnswer(block: AnthropicBlock, path: string): PromptMessage {
  const content = joined(textsOf(contentOf(block, path), `${path}.content`));
  return {
    role: 'tool',
    toolCallId: required(block.tool_use_id, `${path}.tool_use_id`),
    content: block.is_error === true ? failed(content) : content,
  };
}

/** Templates know no field for failures, so the text says it. */
function failed(content: PromptMessage['content']): PromptMessage['content'] {
  const [first = '', ...rest] = typeof content === 'string' ? [content] : content;
  return /^\W*error/iu.test(first) ? content : joined([`Error: ${first}`, ...rest]);
}

function joined(texts: readonly string[]): string | readonly string[] {
  const [first = '', ...rest] = texts;
  return rest.length === 0 ? first : texts;
}

import type { PromptMessage, PromptRole } from '@impetus/contracts';
import type { OpenAiMessage } from '@impetus/contracts/openai';
import { partTexts } from '../part-texts.ts';

/** A message of the history as the agent's own; whatever the client sent stays as it was. */
export function toMessage(message: OpenAiMessage, index: number): PromptMessage {
  const { role, content, name, tool_calls: calls, tool_call_id: callId } = message;
  const reasoning = message.reasoning_content ?? message.reasoning;
  return {
    role: toRole(role),
    content: toContent(content, index),
    ...(typeof name === 'string' && { name }),
    ...(calls &&
      calls.length > 0 && { toolCalls: calls.map(({ id, function: called }) => ({ id, ...called })) }),
    ...(typeof callId === 'string' && { toolCallId: callId }),
    ...(role === 'function' && typeof name === 'string' && { toolName: name }),
    ...(typeof reasoning === 'string' && reasoning !== '' && { reasoning }),
  };
}

/** `function` is OpenAI's older word for `tool`. */
function toRole(role: OpenAiMessage['role']): PromptRole {
  return role === 'function' ? 'tool' : role;
}

function toContent(content: OpenAiMessage['content'], message: number): string | readonly string[] {
  if (content === null || content === undefined) return '';
  return typeof content === 'string' ? content : partTexts(content, `messages[${message}].content`);
}

import { ImpetusError, type PromptMessage, type ToolCall } from '@impetus/contracts';
import type { OllamaMessage } from '@impetus/contracts/ollama';

interface OpenCall {
  readonly id: string;
  readonly name: string;
}

/**
 * The history as the agent's own. Ollama's calls need no ids: each gets one by its place, and a tool's answer belongs
 * to the first open call of its name, or to the first of all where it has no name.
 */
export function toMessages(messages: readonly OllamaMessage[]): readonly PromptMessage[] {
  let open: readonly OpenCall[] = [];
  return messages.map((message, index) => {
    refuseImages(message.images, `messages[${index}].images`);
    const toolCalls = (message.tool_calls ?? []).map((call, place) => toCall(call, `call_${index}_${place}`));
    const answered = message.role === 'tool' ? answeredBy(message, open) : undefined;
    open = [...open.filter((call) => call !== answered), ...toolCalls];
    const { role, content, thinking, tool_name: toolName, tool_call_id: callId } = message;
    const toolCallId = callId ?? answered?.id;
    const name = toolName ?? answered?.name;
    return {
      role,
      content: content ?? '',
      ...(typeof thinking === 'string' && thinking !== '' && { reasoning: thinking }),
      ...(toolCalls.length > 0 && { toolCalls }),
      ...(role === 'tool' && toolCallId !== undefined && { toolCallId }),
      ...(role === 'tool' && name !== undefined && { toolName: name }),
    };
  });
}

function toCall(
  { id, function: { name, arguments: given } }: NonNullable<OllamaMessage['tool_calls']>[number],
  place: string,
): ToolCall {
  return {
    id: id ?? place,
    name,
    arguments: typeof given === 'string' ? given : JSON.stringify(given ?? {}),
  };
}

function answeredBy(
  { tool_name: name, tool_call_id: id }: OllamaMessage,
  open: readonly OpenCall[],
): OpenCall | undefined {
  if (typeof id === 'string') return open.find((call) => call.id === id);
  return open.find((call) => typeof name !== 'string' || call.name === name);
}

/** Left out, a picture would make the answer one to another question. */
export function refuseImages(images: readonly unknown[] | null | undefined, param: string): void {
  if (images === null || images === undefined || images.length === 0) return;
  throw new ImpetusError('invalid_request', `This model reads text alone: '${param}' cannot be read.`, {
    param,
    detail: 'invalid_value',
  });
}

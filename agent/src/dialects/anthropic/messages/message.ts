import type { AnswerEnd, ToolCall, Usage } from '@impetus/contracts';
import type { WholeAnswer } from '../../../wire/whole-answer.ts';

/** What the answer to one request is worded by. */
export interface MessageHead {
  readonly id: string;
  readonly model: string;
  readonly maxTokens: number;
  /** The strings that the client named; a model may end at others too. */
  readonly stops: readonly string[];
  /** The client wants to know that the model thinks, and not what. */
  readonly hidesThinking: boolean;
}

/** Clients drop thinking without a signature; nothing here ever checks one. */
export const signature = 'impetus';

/** A whole message. */
export function toMessage(head: MessageHead, { choices: [choice], end }: WholeAnswer) {
  const { reasoning = '', text = '', toolCalls = [] } = choice ?? {};
  return {
    ...emptyMessage(head),
    content: [
      ...(reasoning === ''
        ? []
        : [{ type: 'thinking', thinking: head.hidesThinking ? '' : reasoning, signature }]),
      ...(text === '' ? [] : [{ type: 'text', text, citations: null }]),
      ...toolCalls.map(toToolUse),
    ],
    ...ending(head, end),
    usage: toUsage(end.usage),
  };
}

/** A message before anything of it was written. */
export function emptyMessage({ id, model }: MessageHead) {
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    // Of refusals and of code that runs on Anthropic's machines; typed clients want the fields.
    stop_details: null,
    container: null,
  };
}

function toToolUse({ id, name, arguments: given }: ToolCall) {
  return { type: 'tool_use', id, name, input: JSON.parse(given) as unknown };
}

/** Why the message ended, in Anthropic's words. */
export function ending({ maxTokens, stops }: MessageHead, { reason, stopString, usage }: AnswerEnd) {
  if (reason === 'tool-calls') return { stop_reason: 'tool_use', stop_sequence: null };
  if (reason === 'length') {
    const isFull = usage.completionTokens < maxTokens;
    return { stop_reason: isFull ? 'model_context_window_exceeded' : 'max_tokens', stop_sequence: null };
  }
  return typeof stopString === 'string' && stops.includes(stopString)
    ? { stop_reason: 'stop_sequence', stop_sequence: stopString }
    : { stop_reason: 'end_turn', stop_sequence: null };
}

/** Tokens that the prompt cache held are no input tokens here. */
export function toUsage({ promptTokens, cachedTokens, completionTokens, reasoningTokens = 0 }: Usage) {
  return {
    input_tokens: promptTokens - cachedTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cachedTokens,
    output_tokens: completionTokens,
    output_tokens_details: { thinking_tokens: reasoningTokens },
  };
}

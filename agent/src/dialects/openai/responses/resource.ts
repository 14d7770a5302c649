import type { AnswerEnd, ImpetusError } from '@impetus/contracts';
import type { ResponseBody } from '@impetus/contracts/openai-responses';
import type { ResponseObject } from '../../../responses/types.ts';
import { responseId } from './ids.ts';
import type { ToolBook } from './tool-book.ts';

/** A response as it begins, with what its request said and what stands in for what it did not. */
export function openedResponse(body: ResponseBody, tools: ToolBook, key: string): ResponseObject {
  const { reasoning, text } = body;
  return {
    id: responseId(key),
    object: 'response',
    created_at: seconds(),
    status: 'in_progress',
    completed_at: null,
    background: body.background === true,
    error: null,
    incomplete_details: null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    max_tool_calls: body.max_tool_calls ?? null,
    model: body.model,
    output: [],
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: body.previous_response_id ?? null,
    prompt_cache_key: body.prompt_cache_key ?? null,
    reasoning: {
      effort: reasoning?.effort ?? null,
      summary: summaryOf(body),
    },
    safety_identifier: body.safety_identifier ?? null,
    service_tier: 'default',
    store: isStored(body),
    temperature: body.temperature ?? null,
    text: {
      format: text?.format ?? { type: 'text' },
      ...(typeof text?.verbosity === 'string' && { verbosity: text.verbosity }),
    },
    tool_choice: tools.toldChoice,
    tools: tools.told,
    top_logprobs: body.top_logprobs ?? 0,
    top_p: body.top_p ?? null,
    // A conversation that does not fit is refused, never cut.
    truncation: 'disabled',
    usage: null,
    user: body.user ?? null,
    metadata: body.metadata ?? {},
  };
}

/** OpenAI keeps responses unless it is told not to. */
export function isStored({ store }: ResponseBody): boolean {
  return store !== false;
}

/** Whether thinking is told as a summary: clients that ask for one show nothing else. */
export function summaryOf({ reasoning }: ResponseBody): string | null {
  return reasoning?.summary ?? reasoning?.generate_summary ?? null;
}

/** What the end of an answer adds; without one it was cut off, or never began. */
export function ended(end: AnswerEnd): Partial<ResponseObject> {
  const isCut = end.reason === 'length';
  return {
    status: isCut ? 'incomplete' : 'completed',
    completed_at: isCut ? null : seconds(),
    incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
    usage: usageOf(end),
  };
}

export function failed(error: ImpetusError): Partial<ResponseObject> {
  return { status: 'failed', error: { code: failureCode(error), message: error.message } };
}

function usageOf({ usage }: AnswerEnd) {
  const { promptTokens, cachedTokens, completionTokens, reasoningTokens = 0 } = usage;
  return {
    input_tokens: promptTokens,
    input_tokens_details: { cached_tokens: cachedTokens, cache_write_tokens: promptTokens - cachedTokens },
    output_tokens: completionTokens,
    output_tokens_details: { reasoning_tokens: reasoningTokens },
    total_tokens: promptTokens + completionTokens,
  };
}

/** OpenAI's own codes, and those that coding agents know what to do about. */
function failureCode({ code }: ImpetusError): string {
  switch (code) {
    case 'context_length_exceeded':
      return 'context_length_exceeded';
    case 'rate_limited':
      return 'rate_limit_exceeded';
    case 'invalid_request':
      return 'invalid_prompt';
    default:
      return 'server_error';
  }
}

function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}

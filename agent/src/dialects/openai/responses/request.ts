import {
  ImpetusError,
  type Generation,
  type PromptMessage,
  type ReasoningOptions,
  type Sampling,
} from '@impetus/contracts';
import type {
  ResponseBody,
  ResponseInputItem,
  ResponseTextFormat,
} from '@impetus/contracts/openai-responses';
import { objectGrammar, schemaGrammar } from '../../../wire/grammars.ts';
import { toSampling } from '../sampling.ts';
import { toMessages } from './input.ts';
import type { ToolBook } from './tool-book.ts';

/** Refuses what this agent cannot do; leaving it out would answer another question. */
export function refuseUnsupported({ conversation, prompt, background, stream, store }: ResponseBody): void {
  const refuse = (param: string, message: string): never => {
    throw new ImpetusError('invalid_request', message, { param, detail: 'unsupported_parameter' });
  };
  if (conversation !== null && conversation !== undefined) {
    refuse('conversation', "Conversations are not kept here. Use 'previous_response_id'.");
  }
  if (prompt !== null && prompt !== undefined) {
    refuse('prompt', "There are no prompts that are kept here. Send 'instructions' and 'input'.");
  }
  if (background !== true) return;
  if (stream === true)
    refuse('background', 'A response in the background is not streamed. Ask for it by its id.');
  if (store === false) refuse('store', 'A response in the background has to be stored.');
}

export interface ConversationItems {
  /** What came before this request. */
  readonly before: readonly ResponseInputItem[];
  readonly own: readonly ResponseInputItem[];
}

/** A request as the agent's own. */
export function toResponseGeneration(
  body: ResponseBody,
  items: ConversationItems,
  tools: ToolBook,
): Generation {
  const grammar = toGrammar(body.text?.format);
  const { definitions, choice } = tools;
  return {
    prompt: {
      kind: 'chat',
      messages: toConversation(body.instructions, items),
      ...(definitions.length > 0 && { tools: definitions }),
      ...(choice !== undefined && { toolChoice: choice }),
      ...(typeof body.parallel_tool_calls === 'boolean' && { parallelToolCalls: body.parallel_tool_calls }),
      ...toReasoning(body.reasoning?.effort),
      ...(body.chat_template_kwargs && { templateVariables: body.chat_template_kwargs }),
    },
    sampling: samplingOf(body),
    maxTokens: body.max_output_tokens ?? null,
    stop: [],
    ...(grammar !== null && { grammar }),
    ...(wantsLogprobs(body) && { logprobs: body.top_logprobs ?? 0 }),
  };
}

/** Instructions hold for one request: they are not part of what a later one goes on from. */
function toConversation(
  instructions: string | null | undefined,
  { before, own }: ConversationItems,
): readonly PromptMessage[] {
  const said = toMessages([...before, ...own], before.length);
  if (said.length === 0) {
    throw new ImpetusError('invalid_request', "'input' is required.", {
      param: 'input',
      detail: 'missing_required_parameter',
    });
  }
  const isInstructed = typeof instructions === 'string' && instructions !== '';
  return isInstructed ? [{ role: 'system', content: instructions }, ...said] : said;
}

function samplingOf({ temperature, top_p, top_k, min_p, seed }: ResponseBody): Sampling {
  return toSampling({ temperature, top_p, top_k, min_p, seed });
}

function toGrammar(format: ResponseTextFormat | null | undefined): string | null {
  switch (format?.type) {
    case 'json_object':
      return objectGrammar();
    case 'json_schema':
      return schemaGrammar(format.schema, 'text.format.schema');
    default:
      return null;
  }
}

type Effort = NonNullable<ResponseBody['reasoning']>['effort'];

function toReasoning(effort: Effort): { readonly reasoning?: ReasoningOptions } {
  if (effort === null || effort === undefined) return {};
  return { reasoning: { effort: effort === 'max' ? 'xhigh' : effort, enabled: effort !== 'none' } };
}

function wantsLogprobs({ include, top_logprobs: top }: ResponseBody): boolean {
  return include?.includes('message.output_text.logprobs') === true || (top ?? 0) > 0;
}

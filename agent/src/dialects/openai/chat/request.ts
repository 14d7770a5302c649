import { ImpetusError, type Generation, type ReasoningOptions } from '@impetus/contracts';
import type { ChatCompletionBody, OpenAiResponseFormat } from '@impetus/contracts/openai';
import { objectGrammar, schemaGrammar } from '../../../wire/grammars.ts';
import { toLogitBias, toSampling, toStop } from '../sampling.ts';
import { toMessage } from './messages.ts';
import { toTools } from './tools.ts';

/** A chat request as the agent's own. */
export function toChatGeneration(body: ChatCompletionBody): Generation {
  const grammar = body.grammar ?? toGrammar(body.response_format);
  return {
    prompt: {
      kind: 'chat',
      messages: body.messages.map(toMessage),
      ...toTools(body),
      ...toReasoning(body.reasoning_effort),
      ...(body.chat_template_kwargs && { templateVariables: body.chat_template_kwargs }),
    },
    sampling: toSampling(body),
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? null,
    stop: toStop(body.stop),
    ignoreEnd: body.ignore_eos === true,
    choices: body.n ?? 1,
    ...(grammar !== null && { grammar }),
    ...toLogprobs(body),
    ...toLogitBias(body.logit_bias),
  };
}

function toGrammar(format: OpenAiResponseFormat | null | undefined): string | null {
  switch (format?.type) {
    case 'json_object':
      return objectGrammar();
    case 'json_schema':
      return schemaGrammar(format.json_schema.schema ?? {}, 'response_format.json_schema.schema');
    default:
      return null;
  }
}

function toReasoning(effort: ChatCompletionBody['reasoning_effort']): {
  readonly reasoning?: ReasoningOptions;
} {
  if (effort === null || effort === undefined) return {};
  return { reasoning: { effort: effort === 'max' ? 'xhigh' : effort, enabled: effort !== 'none' } };
}

function toLogprobs({ logprobs, top_logprobs: top }: ChatCompletionBody): Pick<Generation, 'logprobs'> {
  if (logprobs === true) return { logprobs: top ?? 0 };
  if (top === null || top === undefined || top === 0) return {};
  throw new ImpetusError('invalid_request', "'top_logprobs' needs 'logprobs' to be true.", {
    param: 'top_logprobs',
    detail: 'invalid_value',
  });
}

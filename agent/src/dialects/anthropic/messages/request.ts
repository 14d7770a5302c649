import type { ChatPrompt, Generation, ReasoningOptions, Sampling } from '@impetus/contracts';
import type { CountTokensBody, MessagesBody } from '@impetus/contracts/anthropic';
import { schemaGrammar } from '../../../wire/grammars.ts';
import { toMessages } from './messages.ts';
import { toTools } from './tools.ts';

/** A request for a message as the agent's own. */
export function toGeneration(body: MessagesBody): Generation {
  const format = body.output_config?.format;
  return {
    prompt: toPrompt(body),
    sampling: toSampling(body),
    maxTokens: body.max_tokens,
    // Clients ask for as many tokens as Anthropic's models write at most, which is more than most contexts hold.
    mayFillContext: true,
    stop: (body.stop_sequences ?? []).filter((text) => text !== ''),
    ...(format !== null &&
      format !== undefined && { grammar: schemaGrammar(format.schema, 'output_config.format.schema') }),
  };
}

/** The conversation of a request, whether it is to be answered or counted. */
export function toPrompt(body: CountTokensBody): ChatPrompt {
  const messages = toMessages(body.system, body.messages);
  const last = messages.at(-1);
  // The beginning of an answer, to go on with.
  const continueFinal = last?.role === 'assistant' && last.toolCalls === undefined;
  return {
    kind: 'chat',
    messages,
    ...toTools(body),
    reasoning: toReasoning(body),
    ...(continueFinal && { continueFinal }),
  };
}

/** Who does not ask for thinking gets none, where the model lets it be switched off. */
function toReasoning({ thinking, output_config: config }: CountTokensBody): ReasoningOptions {
  const effort = config?.effort ?? null;
  return {
    ...(thinking?.type !== 'adaptive' &&
      thinking?.type !== 'between_tools' && { enabled: thinking?.type === 'enabled' }),
    ...(thinking?.type === 'enabled' &&
      typeof thinking.budget_tokens === 'number' && { budget: thinking.budget_tokens }),
    ...(effort !== null && { effort: effort === 'max' ? 'xhigh' : effort }),
  };
}

function toSampling({ temperature, top_p: topP, top_k: topK }: MessagesBody): Sampling {
  return {
    ...(typeof temperature === 'number' && { temperature }),
    ...(typeof topP === 'number' && { topP }),
    ...(typeof topK === 'number' && { topK }),
  };
}

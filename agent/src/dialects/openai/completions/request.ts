import { ImpetusError, type Generation, type Prompt } from '@impetus/contracts';
import type { CompletionBody } from '@impetus/contracts/openai';
import { toLogitBias, toSampling, toStop } from '../sampling.ts';

/** OpenAI's default for completions; chats go on until the model ends. */
const defaultMaxTokens = 16;

/** A completion request as the agent's own. */
export function toCompletionGeneration(body: CompletionBody): Generation {
  refuseManyPrompts(body);
  return {
    prompt: toPrompt(body),
    sampling: toSampling(body),
    maxTokens: body.max_tokens ?? defaultMaxTokens,
    stop: toStop(body.stop),
    ignoreEnd: body.ignore_eos === true,
    choices: body.n ?? 1,
    ...(body.echo === true && { echo: true }),
    ...(typeof body.logprobs === 'number' && { logprobs: body.logprobs }),
    ...(typeof body.grammar === 'string' && { grammar: body.grammar }),
    ...toLogitBias(body.logit_bias),
  };
}

/** What this agent cannot do is refused by name; ignoring it would answer another question. */
function refuseManyPrompts({ best_of: bestOf, n, prompt }: CompletionBody): void {
  if (typeof bestOf === 'number' && bestOf > (n ?? 1)) {
    throw new ImpetusError('invalid_request', "'best_of' with this value is not supported. Leave it out.", {
      param: 'best_of',
      detail: 'unsupported_parameter',
    });
  }
  if (!Array.isArray(prompt) || typeof prompt[0] === 'number' || prompt.length === 1) return;
  throw new ImpetusError('invalid_request', 'One prompt at a time is supported. Send one request for each.', {
    param: 'prompt',
    detail: 'array_above_max_length',
  });
}

/** With a suffix the model fills the gap between both, by its own tokens for that. */
function toPrompt({ prompt, suffix }: CompletionBody): Prompt {
  const [first] = Array.isArray(prompt) ? prompt : [prompt ?? ''];
  if (typeof suffix === 'string' && suffix !== '') {
    if (typeof first === 'string') return { kind: 'infill', prefix: first, suffix };
    throw new ImpetusError('invalid_request', "'suffix' needs a 'prompt' that is text.", {
      param: 'suffix',
      detail: 'invalid_value',
    });
  }
  if (typeof first === 'string') return { kind: 'text', text: first };
  return { kind: 'tokens', tokens: typeof first === 'number' ? (prompt as number[]) : (first ?? []) };
}

import {
  ImpetusError,
  type Generation,
  type Prompt,
  type PromptMessage,
  type Sampling,
} from '@impetus/contracts';
import type {
  ChatCompletionBody,
  CompletionBody,
  OpenAiMessage,
  SamplingFields,
} from '@impetus/contracts/openai';

/** OpenAI's default for completions; chats go on until the model ends. */
const completionMaxTokens = 16;

/** A chat request as the agent's own. */
export function toChatGeneration(body: ChatCompletionBody): Generation {
  refuse('n', body.n, (n) => n > 1);
  return {
    prompt: { kind: 'chat', messages: body.messages.map(toMessage) },
    sampling: toSampling(body),
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? null,
    stop: toStop(body.stop),
    ignoreEnd: body.ignore_eos === true,
  };
}

/** A completion request as the agent's own. */
export function toCompletionGeneration(body: CompletionBody): Generation {
  refuse('n', body.n, (n) => n > 1);
  refuse('best_of', body.best_of, (count) => count > 1);
  refuse('echo', body.echo, (echo) => echo);
  refuse('suffix', body.suffix, (suffix) => suffix !== '');
  refuse('logprobs', body.logprobs, () => true);
  return {
    prompt: toPrompt(body.prompt ?? ''),
    sampling: toSampling(body),
    maxTokens: body.max_tokens ?? completionMaxTokens,
    stop: toStop(body.stop),
    ignoreEnd: body.ignore_eos === true,
  };
}

/** What this agent cannot do is refused by name; ignoring it would answer another question. */
function refuse<T>(param: string, value: T | null | undefined, unsupported: (value: T) => boolean): void {
  if (value === null || value === undefined || !unsupported(value)) return;
  throw new ImpetusError('invalid_request', `'${param}' with this value is not supported. Leave it out.`, {
    param,
    detail: 'unsupported_parameter',
  });
}

function toMessage({ role, content, name }: OpenAiMessage, index: number): PromptMessage {
  return {
    // `developer` is OpenAI's newer word for what every template calls `system`.
    role: role === 'developer' ? 'system' : role === 'function' ? 'tool' : role,
    content: toText(content, index),
    ...(typeof name === 'string' && { name }),
  };
}

function toText(content: OpenAiMessage['content'], message: number): string {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string') return content;
  const texts = content.map((part, index) => {
    if ((part.type === 'text' || part.type === 'input_text') && part.text !== undefined) return part.text;
    throw new ImpetusError(
      'invalid_request',
      `This model reads text alone; a part of type '${part.type}' cannot be read.`,
      { param: `messages[${message}].content[${index}]`, detail: 'invalid_value' },
    );
  });
  return texts.join('\n');
}

function toPrompt(prompt: NonNullable<CompletionBody['prompt']>): Prompt {
  if (typeof prompt === 'string') return { kind: 'text', text: prompt };
  const [first] = prompt;
  if (typeof first === 'number') return { kind: 'tokens', tokens: prompt as number[] };
  if (prompt.length > 1) {
    throw new ImpetusError(
      'invalid_request',
      'One prompt at a time is supported. Send one request for each.',
      {
        param: 'prompt',
        detail: 'array_above_max_length',
      },
    );
  }
  return typeof first === 'string' ? { kind: 'text', text: first } : { kind: 'tokens', tokens: first ?? [] };
}

function toStop(stop: string | readonly string[] | null | undefined): readonly string[] {
  if (stop === null || stop === undefined) return [];
  return typeof stop === 'string' ? [stop] : stop;
}

function toSampling(body: SamplingFields): Sampling {
  return withoutAbsent({
    temperature: body.temperature,
    topP: body.top_p,
    topK: body.top_k,
    minP: body.min_p,
    frequencyPenalty: body.frequency_penalty,
    presencePenalty: body.presence_penalty,
    repeatPenalty: body.repeat_penalty,
    seed: body.seed,
  });
}

function withoutAbsent(fields: Partial<Record<keyof Sampling, number | null | undefined>>): Sampling {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}

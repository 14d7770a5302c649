import { ImpetusError, type Generation, type Prompt } from '@impetus/contracts';
import type { CompletionBody } from '@impetus/contracts/openai';
import { toLogitBias, toSampling, toStop } from '../sampling.ts';
import { ranksAnswers } from './best-of.ts';

/** OpenAI's default for completions; chats go on until the model ends. */
const defaultMaxTokens = 16;

/** A completion request as the agent's own: a generation for each prompt. */
export function toCompletionGenerations(body: CompletionBody): readonly Generation[] {
  const ranks = ranksAnswers(body);
  if (ranks && body.stream === true) {
    throw new ImpetusError(
      'invalid_request',
      "With 'best_of' the answers are compared once they are whole, so they cannot be streamed.",
      { param: 'best_of', detail: 'unsupported_parameter' },
    );
  }
  const common = {
    sampling: toSampling(body),
    maxTokens: body.max_tokens ?? defaultMaxTokens,
    stop: toStop(body.stop),
    ignoreEnd: body.ignore_eos === true,
    choices: body.best_of ?? body.n ?? 1,
    ...(body.echo === true && { echo: true }),
    ...((typeof body.logprobs === 'number' || ranks) && { logprobs: body.logprobs ?? 0 }),
    ...(typeof body.grammar === 'string' && { grammar: body.grammar }),
    ...toLogitBias(body.logit_bias),
  };
  return promptsOf(body.prompt).map((prompt) => ({ ...common, prompt: toPrompt(prompt, body.suffix) }));
}

/** Of lists of numbers each is a prompt, and a list of numbers is one. */
function promptsOf(prompt: CompletionBody['prompt']): readonly (string | readonly number[])[] {
  if (prompt === null || prompt === undefined) return [''];
  if (typeof prompt === 'string') return [prompt];
  return isTokens(prompt) ? [prompt] : prompt;
}

function isTokens(prompt: readonly (string | number | readonly number[])[]): prompt is readonly number[] {
  return typeof prompt[0] === 'number';
}

/** With a suffix the model fills the gap between both, by its own tokens for that. */
function toPrompt(prompt: string | readonly number[], suffix: string | null | undefined): Prompt {
  if (typeof suffix === 'string' && suffix !== '') {
    if (typeof prompt === 'string') return { kind: 'infill', prefix: prompt, suffix };
    throw new ImpetusError('invalid_request', "'suffix' needs a 'prompt' that is text.", {
      param: 'suffix',
      detail: 'invalid_value',
    });
  }
  return typeof prompt === 'string' ? { kind: 'text', text: prompt } : { kind: 'tokens', tokens: prompt };
}

import { contentText, type Generation, type Prompt, type PromptMessage } from '@impetus/contracts';
import type { RankingInput } from '../../types.ts';

/** What a request asked, before any template, as a person reads it. */
export function promptText(input: Generation | RankingInput | readonly (string | number[])[]): string {
  if ('prompt' in input) return ofPrompt(input.prompt);
  if ('query' in input) return [input.query, ...input.documents].join('\n\n');
  return input.map(ofText).join('\n\n');
}

function ofPrompt(prompt: Prompt): string {
  switch (prompt.kind) {
    case 'text':
      return prompt.text;
    case 'tokens':
      return ofText(prompt.tokens);
    case 'infill':
      return `${prompt.prefix}[…]${prompt.suffix}`;
    case 'chat':
      return prompt.messages.map(ofMessage).join('\n\n');
  }
}

function ofMessage({ role, content, reasoning, toolCalls = [] }: PromptMessage): string {
  const calls = toolCalls.map(({ name, arguments: given }) => `${name}(${given})`);
  const texts = [reasoning === undefined ? '' : `(${reasoning})`, contentText(content), ...calls];
  return `${role}:\n${texts.filter((text) => text !== '').join('\n')}`;
}

/** Tokens are shown as what they are: only their model knows their text. */
function ofText(text: string | readonly number[]): string {
  return typeof text === 'string' ? text : `tokens: ${text.join(' ')}`;
}

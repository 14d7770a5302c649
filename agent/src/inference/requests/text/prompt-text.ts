import type { Generation, Prompt } from '@impetus/contracts';

/** What a request asked, before any template, as a person reads it. */
export function promptText(input: Generation | readonly (string | number[])[]): string {
  return 'prompt' in input ? ofPrompt(input.prompt) : input.map(ofText).join('\n\n');
}

function ofPrompt(prompt: Prompt): string {
  switch (prompt.kind) {
    case 'text':
      return prompt.text;
    case 'tokens':
      return ofText(prompt.tokens);
    case 'chat':
      return prompt.messages.map(({ role, content }) => `${role}:\n${content}`).join('\n\n');
  }
}

/** Tokens are shown as what they are: only their model knows their text. */
function ofText(text: string | readonly number[]): string {
  return typeof text === 'string' ? text : `tokens: ${text.join(' ')}`;
}

import type { Generation, ModelSettings, PromptMessage, Sampling } from '@impetus/contracts';

/**
 * The generation as the model's owner wants it run: their sampling for what the request did not say, and their
 * system prompt in front of a chat's own. Preparing it again changes nothing.
 */
export function prepareGeneration(
  generation: Generation,
  { sampling, systemPrompt }: Pick<ModelSettings, 'sampling' | 'systemPrompt'>,
): Generation {
  const { prompt } = generation;
  return {
    ...generation,
    sampling: withDefaults(generation.sampling, sampling),
    prompt: prompt.kind === 'chat' ? { ...prompt, messages: chat(prompt.messages, systemPrompt) } : prompt,
  };
}

function chat(messages: readonly PromptMessage[], systemPrompt: string | null): readonly PromptMessage[] {
  const prefix = systemPrompt?.trim() ?? '';
  if (prefix !== '' && hasPrefix(messages, prefix)) return messages;
  const steady = withoutChangingLines(messages);
  return prefix === '' || hasPrefix(steady, prefix) ? steady : withPrefix(steady, prefix);
}

function withDefaults(asked: Sampling, defaults: Sampling): Sampling {
  const said = Object.entries(asked).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(said) };
}

function hasPrefix([first]: readonly PromptMessage[], prefix: string): boolean {
  if (first?.role !== 'system') return false;
  return first.content === prefix || first.content.startsWith(`${prefix}\n\n`);
}

function withPrefix(messages: readonly PromptMessage[], prefix: string): readonly PromptMessage[] {
  const [first, ...rest] = messages;
  if (first?.role !== 'system') return [{ role: 'system', content: prefix }, ...messages];
  return [{ ...first, content: first.content === '' ? prefix : `${prefix}\n\n${first.content}` }, ...rest];
}

/** Headers that Claude Code and others put in front of their system prompt; they differ at every request. */
const changingLines = /^(?:x-anthropic-billing-header:[^\n]*(?:\n|$))+/iu;

/**
 * Drops lines that differ at every request from the beginning of the first system message. They mean nothing to
 * the model, and left in they would keep the prompt cache from matching anything behind them.
 */
export function withoutChangingLines(messages: readonly PromptMessage[]): readonly PromptMessage[] {
  const index = messages.findIndex(({ role }) => role === 'system');
  const system = messages[index];
  if (system === undefined || !changingLines.test(system.content)) return messages;
  const content = system.content.replace(changingLines, '');
  // A message that held nothing else goes whole; the next one may begin with such a line too.
  if (content === '') return withoutChangingLines(messages.toSpliced(index, 1));
  return messages.with(index, { ...system, content });
}

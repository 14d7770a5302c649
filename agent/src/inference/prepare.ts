import {
  contentText,
  type Generation,
  type ModelSettings,
  type Prompt,
  type PromptMessage,
  type RunnerQuestion,
  type Sampling,
} from '@impetus/contracts';

type Preparation = Pick<ModelSettings, 'sampling' | 'systemPrompt'> & {
  /** Strings at which this model's answers end, whatever else the request names. */
  readonly stop?: readonly string[];
};

/**
 * The generation as the model's owner wants it run: their sampling for what the request did not say, and their
 * system prompt in front of a chat's own. Preparing it again changes nothing.
 */
export function prepareGeneration(
  generation: Generation,
  { sampling, systemPrompt, stop = [] }: Preparation,
): Generation {
  return {
    ...generation,
    stop: generation.ignoreEnd === true ? generation.stop : [...new Set([...generation.stop, ...stop])],
    sampling: withDefaults(generation.sampling, sampling),
    prompt: preparePrompt(generation.prompt, systemPrompt),
  };
}

/** A question about the chat that would be run, so that its length is the one that counts. */
export function prepareQuestion<Question extends RunnerQuestion>(
  question: Question,
  { systemPrompt }: Preparation,
): Question {
  return question.kind === 'render'
    ? { ...question, prompt: preparePrompt(question.prompt, systemPrompt) }
    : question;
}

function preparePrompt<P extends Prompt>(prompt: P, systemPrompt: string | null): P {
  return prompt.kind === 'chat' ? { ...prompt, messages: chat(prompt.messages, systemPrompt) } : prompt;
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
  if (first === undefined || !isSystem(first)) return false;
  const text = contentText(first.content);
  return text === prefix || text.startsWith(`${prefix}\n\n`);
}

function withPrefix(messages: readonly PromptMessage[], prefix: string): readonly PromptMessage[] {
  const [first, ...rest] = messages;
  if (first === undefined || !isSystem(first)) return [{ role: 'system', content: prefix }, ...messages];
  const text = contentText(first.content);
  return [{ ...first, content: text === '' ? prefix : `${prefix}\n\n${text}` }, ...rest];
}

function isSystem({ role }: PromptMessage): boolean {
  return role === 'system' || role === 'developer';
}

/** Headers that Claude Code and others put in front of their system prompt; they differ at every request. */
const changingLines = /^(?:x-anthropic-billing-header:[^\n]*(?:\n|$))+/iu;

/**
 * Drops lines that differ at every request from the beginning of the first system message. They mean nothing to
 * the model, and left in they would keep the prompt cache from matching anything behind them.
 */
export function withoutChangingLines(messages: readonly PromptMessage[]): readonly PromptMessage[] {
  const index = messages.findIndex(isSystem);
  const system = messages[index];
  if (system === undefined) return messages;
  const [first = '', ...parts] = typeof system.content === 'string' ? [system.content] : system.content;
  if (!changingLines.test(first)) return messages;
  const text = first.replace(changingLines, '');
  const left = text === '' ? parts : [text, ...parts];
  // A message that held nothing else goes whole; the next one may begin with such a line too.
  if (left.length === 0) return withoutChangingLines(messages.toSpliced(index, 1));
  return messages.with(index, { ...system, content: typeof system.content === 'string' ? text : left });
}

import { argumentsObject, toolPrompt, toolResponse, writeCalls, type ToolSyntax } from '@impetus/chat';
import { contentText, type PromptMessage, type ToolCall, type ToolDefinition } from '@impetus/contracts';
import type { TemplateFacts } from './facts.ts';
import type { JinjaMessage } from './jinja.ts';

/** A message on its way into a template, its texts joined. */
interface Message extends Omit<PromptMessage, 'content'> {
  readonly content: string;
}

const betweenMessages = '\n\n';

/**
 * The conversation in a form that the template can write. Only what it lacks is changed, and nothing is left out:
 * instructions go where the template takes them, calls and answers of tools become text in the model's own syntax.
 */
export function adaptMessages(
  messages: readonly PromptMessage[],
  tools: readonly ToolDefinition[],
  facts: TemplateFacts,
  syntax: ToolSyntax,
): readonly JinjaMessage[] {
  const steps: readonly ((list: readonly Message[]) => readonly Message[])[] = [
    joinFirstInstructions,
    (list) => (facts.tools || tools.length === 0 ? list : withToolPrompt(list, toolPrompt(tools, syntax))),
    (list) => (facts.calls === null ? callsAsText(list, syntax) : list),
    (list) => (facts.severalCalls || facts.calls === null ? list : oneCallEach(list)),
    (list) => (facts.toolAnswers ? list : answersAsText(list)),
    (list) => (facts.laterSystem ? list : laterInstructionsToUser(list)),
    (list) => (facts.system ? list : firstInstructionsToUser(list)),
    (list) => (facts.repeatedRoles ? list : alternating(list)),
  ];
  const adapted = steps.reduce<readonly Message[]>((list, step) => step(list), messages.map(joined));
  return adapted.map((message) => toJinja(message, facts));
}

function joined({ content, role, ...message }: PromptMessage): Message {
  // `developer` is the newer word for what every template calls `system`.
  return { ...message, role: role === 'developer' ? 'system' : role, content: contentText(content) };
}

/** Templates take one system message at the beginning; clients send several. */
function joinFirstInstructions(messages: readonly Message[]): readonly Message[] {
  const count = messages.findIndex(({ role }) => role !== 'system');
  const first = count < 0 ? messages : messages.slice(0, count);
  if (first.length < 2) return messages;
  return [{ role: 'system', content: together(first) }, ...messages.slice(first.length)];
}

function withToolPrompt(messages: readonly Message[], prompt: string): readonly Message[] {
  const [first, ...rest] = messages;
  if (first?.role !== 'system') return [{ role: 'system', content: prompt }, ...messages];
  return [{ ...first, content: [first.content, prompt].filter(Boolean).join(betweenMessages) }, ...rest];
}

function callsAsText(messages: readonly Message[], syntax: ToolSyntax): readonly Message[] {
  return messages.map(({ toolCalls = [], ...message }) => {
    if (toolCalls.length === 0) return message;
    const written = writeCalls(syntax, toolCalls);
    return { ...message, content: [message.content, written].filter(Boolean).join('\n') };
  });
}

/** Each call in a message of its own, with its answer behind it. */
function oneCallEach(messages: readonly Message[]): readonly Message[] {
  const answers = messages.filter(({ role }) => role === 'tool');
  const moved = new Set<Message>();
  return messages.flatMap((message) => {
    const { toolCalls = [] } = message;
    if (moved.has(message)) return [];
    if (toolCalls.length < 2) return [message];
    return toolCalls.flatMap((call, index) => {
      const answer = answers.find(({ toolCallId }) => toolCallId === call.id);
      if (answer !== undefined) moved.add(answer);
      const own = { ...message, content: index === 0 ? message.content : '', toolCalls: [call] };
      return answer === undefined ? [own] : [own, answer];
    });
  });
}

/** Answers of tools as one message of the user for each run of them. */
function answersAsText(messages: readonly Message[]): readonly Message[] {
  const list: Message[] = [];
  let before: PromptMessage['role'] | null = null;
  for (const message of messages) {
    const last = list.at(-1);
    const content = message.role === 'tool' ? toolResponse(message.content) : message.content;
    if (message.role !== 'tool') list.push(message);
    else if (before === 'tool' && last !== undefined) {
      list[list.length - 1] = { ...last, content: `${last.content}\n${content}` };
    } else list.push({ role: 'user', content });
    before = message.role;
  }
  return list;
}

/** Instructions in the middle become part of what the user says next. */
function laterInstructionsToUser(messages: readonly Message[]): readonly Message[] {
  return messages.map((message, index) =>
    message.role === 'system' && index > 0 ? { ...message, role: 'user' } : message,
  );
}

function firstInstructionsToUser(messages: readonly Message[]): readonly Message[] {
  const [first, second, ...rest] = messages;
  if (first?.role !== 'system') return messages;
  if (second?.role !== 'user') return [{ ...first, role: 'user' }, ...messages.slice(1)];
  return [{ ...second, content: together([first, second]) }, ...rest];
}

/** From the user on, by turns; what one says twice is joined. Calls and their answers stand outside of the turns. */
function alternating(messages: readonly Message[]): readonly Message[] {
  const list: Message[] = [];
  for (const message of messages) {
    const last = list.at(-1);
    if (last !== undefined && joinable(last, message)) {
      list[list.length - 1] = { ...last, content: together([last, message]) };
    } else list.push(message);
  }
  const first = list.findIndex(({ role }) => role !== 'system');
  return list[first]?.role === 'assistant' ? list.toSpliced(first, 0, { role: 'user', content: '' }) : list;
}

function joinable(last: Message, next: Message): boolean {
  if (last.role !== next.role || (next.role !== 'user' && next.role !== 'assistant')) return false;
  return (last.toolCalls ?? []).length === 0 && (next.toolCalls ?? []).length === 0;
}

function together(messages: readonly Message[]): string {
  return messages
    .map(({ content }) => content)
    .filter((content) => content !== '')
    .join(betweenMessages);
}

function toJinja(message: Message, facts: TemplateFacts): JinjaMessage {
  const { role, name, toolName, toolCallId, toolCalls = [], reasoning } = message;
  const told = reasoning !== undefined && facts.reasoningField !== null ? reasoning : null;
  // One field for both: the template of gpt-oss refuses thinking and text beside a call.
  const both = facts.reasoningField === 'thinking' && toolCalls.length > 0 && told !== null;
  const content = both ? '' : message.content;
  const thoughts = both ? [told, message.content].filter(Boolean).join(betweenMessages) : told;
  const shownName = name ?? toolName;
  return {
    role,
    content: facts.parts ? [{ type: 'text', text: content }] : content,
    ...(shownName !== undefined && { name: shownName }),
    ...(thoughts !== null && facts.reasoningField !== null && { [facts.reasoningField]: thoughts }),
    ...(toolCallId !== undefined && { tool_call_id: idOf(toolCallId, facts) }),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls.map((call) => toJinjaCall(call, facts)) }),
  };
}

function toJinjaCall({ id, name, arguments: given }: ToolCall, facts: TemplateFacts) {
  const value = facts.calls === 'text' ? given : (argumentsObject(given) ?? given);
  return {
    type: 'function',
    id: idOf(id, facts),
    function: { name, arguments: value },
  } as const;
}

const shortIdLength = 9;

/** The same id for the same call, in the form that the template wants. */
function idOf(id: string, { shortIds }: TemplateFacts): string {
  if (!shortIds || /^[\da-zA-Z]{9}$/u.test(id)) return id;
  let hash = 0n;
  for (const character of id) hash = BigInt.asUintN(64, hash * 31n + BigInt(character.codePointAt(0) ?? 0));
  return hash.toString(36).padStart(shortIdLength, '0').slice(-shortIdLength);
}

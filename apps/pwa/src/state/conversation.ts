import type { Answer } from './answer.ts';

/** What a conversation asks of the model. Null means the model's own default. */
export interface ChatSettings {
  readonly temperature: number | null;
  readonly maxTokens: number | null;
  readonly systemPrompt: string;
}

export interface Question {
  readonly role: 'user';
  readonly id: string;
  readonly text: string;
}

export type Turn = Question | Answer;

export interface Conversation {
  readonly id: string;
  readonly title: string;
  /** Its title was given by its owner. */
  readonly isNamed: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The chosen model; null leaves the choice to the page. */
  readonly model: string | null;
  readonly settings: ChatSettings;
  readonly turns: readonly Turn[];
}

/** What a list shows of a conversation. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: number;
}

export const defaultSettings: ChatSettings = { temperature: null, maxTokens: null, systemPrompt: '' };

const longestTitle = 60;

/** The first line of the first question, cut at a word. */
export function titleFrom(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.replace(/\s+/g, ' ') ?? '';
  if (line === '') return 'New conversation';
  if (line.length <= longestTitle) return line;
  const cut = line.slice(0, longestTitle);
  const lastSpace = cut.lastIndexOf(' ');
  return `${lastSpace > longestTitle / 2 ? cut.slice(0, lastSpace) : cut}…`;
}

export function newConversation(input: {
  readonly id: string;
  readonly now: number;
  readonly model: string | null;
  readonly settings: ChatSettings;
}): Conversation {
  const { id, now, model, settings } = input;
  return {
    id,
    title: 'New conversation',
    isNamed: false,
    createdAt: now,
    updatedAt: now,
    model,
    settings,
    turns: [],
  };
}

export function summaryOf({ id, title, updatedAt }: Conversation): ConversationSummary {
  return { id, title, updatedAt };
}

/** The conversation with a question at its end; the first one gives it a title, unless its owner has. */
export function withQuestion(conversation: Conversation, question: Question, now: number): Conversation {
  const isFirst = conversation.turns.length === 0;
  const title = isFirst && !conversation.isNamed ? titleFrom(question.text) : conversation.title;
  return { ...conversation, title, updatedAt: now, turns: [...conversation.turns, question] };
}

/** The conversation up to a turn, without that turn and all that came after it. */
export function before(conversation: Conversation, turnId: string): Conversation {
  const index = conversation.turns.findIndex(({ id }) => id === turnId);
  return index === -1 ? conversation : { ...conversation, turns: conversation.turns.slice(0, index) };
}

/** The question that can still be edited: the last one. */
export function lastQuestion(turns: readonly Turn[]): Question | undefined {
  return turns.findLast((turn): turn is Question => turn.role === 'user');
}

import type { ChatEvent } from '@impetus/contracts/generation';
import { createSignal } from 'solid-js';
import { api } from '../api/client.ts';
import { isConnectionLoss, toFailure } from '../api/failure.ts';
import { announce } from './announcer.ts';
import { modelName } from './agent-state.ts';
import { foldAnswer, isUnfinished, newAnswer, type Answer, type AnswerStatus } from './answer.ts';
import { toRequest } from './chat-request.ts';
import { before, withQuestion } from './conversation.ts';
import { changeAnswer, changeConversation, conversations } from './conversations.ts';

/** Thirty pictures a second are enough to read along, and leave the phone time for everything else. */
const showEveryMs = 33;

/** An answer that is being written, wherever the reader is in the page. */
interface Stream {
  readonly conversationId: string;
  readonly answerId: string;
  chatId: string | null;
  /** Stopped before the agent had given it a name. */
  stopWanted: boolean;
  pending: { readonly id: string; readonly event: ChatEvent; readonly at: number }[];
  timer: ReturnType<typeof setTimeout> | undefined;
  close: () => void;
}

const streams = new Map<string, Stream>();
const [count, setCount] = createSignal(0);

/** How many answers this page is having written. */
export const unfinishedCount = count;

function openStream(conversationId: string, answerId: string, chatId: string | null): Stream {
  const stream: Stream = {
    conversationId,
    answerId,
    chatId,
    stopWanted: false,
    pending: [],
    timer: undefined,
    close: () => {},
  };
  streams.set(answerId, stream);
  setCount(streams.size);
  return stream;
}

function change(stream: Stream, by: (answer: Answer) => Answer): void {
  changeAnswer(stream.conversationId, stream.answerId, by);
}

function flush(stream: Stream): void {
  clearTimeout(stream.timer);
  stream.timer = undefined;
  const events = stream.pending;
  stream.pending = [];
  if (events.length === 0) return;
  change(stream, (answer) => {
    const folded = events.reduce((soFar, { event, at }) => foldAnswer(soFar, event, at), answer);
    return { ...folded, lastEventId: events.at(-1)?.id ?? answer.lastEventId };
  });
}

function end(stream: Stream, status?: AnswerStatus): void {
  flush(stream);
  if (!streams.delete(stream.answerId)) return;
  setCount(streams.size);
  stream.close();
  if (status !== undefined) change(stream, (answer) => ({ ...answer, status }));
}

const isLast = ({ kind }: ChatEvent): boolean => kind === 'end' || kind === 'stopped' || kind === 'error';

function receive(stream: Stream, id: string, event: ChatEvent): void {
  stream.pending.push({ id, event, at: Date.now() });
  if (!isLast(event)) {
    stream.timer ??= setTimeout(() => flush(stream), showEveryMs);
    return;
  }
  end(stream);
  announceEnd(event);
}

function announceEnd(event: ChatEvent): void {
  if (event.kind === 'end') announce(`The answer is finished, ${event.usage.completionTokens} tokens.`);
  if (event.kind === 'stopped') announce('The answer was stopped.');
  if (event.kind === 'error') announce(`The answer broke off. ${event.error.message}`);
}

/** Follows an answer from the last event that arrived; the link takes it up again after a loss by itself. */
function watch(stream: Stream, chatId: string, lastEventId: string | null): void {
  const subscription = api.chat.watch.subscribe(
    { id: chatId, ...(lastEventId === null ? {} : { lastEventId }) },
    {
      onData: ({ id, data }) => receive(stream, id, data),
      onError: (error) => {
        end(stream, { kind: 'failed', failure: toFailure(error, 'The answer broke off.') });
      },
      onComplete: () => {
        const what = 'The answer broke off.';
        const failure = {
          code: 'cancelled',
          what,
          why: 'The agent ended it.',
          remedy: 'Try again.',
        } as const;
        end(stream, { kind: 'failed', failure });
      },
    },
  );
  stream.close = () => subscription.unsubscribe();
}

async function begin(stream: Stream, model: string): Promise<void> {
  const conversation = conversations.find(stream.conversationId);
  if (conversation === undefined) return;
  try {
    const { id } = await api.chat.start.mutate(toRequest(before(conversation, stream.answerId), model));
    stream.chatId = id;
    change(stream, (answer) => ({ ...answer, chatId: id }));
    watch(stream, id, null);
    if (stream.stopWanted) await api.chat.stop.mutate({ id });
  } catch (error) {
    if (stream.chatId !== null && isConnectionLoss(error)) return;
    end(stream, { kind: 'failed', failure: toFailure(error, `${modelName(model)} was not asked.`) });
  }
}

function answerWith(conversationId: string, model: string): void {
  const now = Date.now();
  const answer = newAnswer({ id: crypto.randomUUID(), model, now });
  changeConversation(conversationId, (conversation) => ({
    ...conversation,
    updatedAt: now,
    turns: [...conversation.turns, answer],
  }));
  void begin(openStream(conversationId, answer.id, null), model);
}

/** Asks a question at the end of a conversation. */
export function ask(conversationId: string, text: string, model: string): void {
  const question = { role: 'user', id: crypto.randomUUID(), text } as const;
  changeConversation(conversationId, (conversation) => withQuestion(conversation, question, Date.now()));
  answerWith(conversationId, model);
}

/** Takes back a question and all that followed, and asks another in its place. */
export function askInstead(conversationId: string, questionId: string, text: string, model: string): void {
  changeConversation(conversationId, (conversation) => before(conversation, questionId));
  ask(conversationId, text, model);
}

/** Has an answer written once more. */
export function answerAgain(conversationId: string, answerId: string, model: string): void {
  changeConversation(conversationId, (conversation) => before(conversation, answerId));
  answerWith(conversationId, model);
}

/** Stops an answer; what was written stays. */
export async function stopAnswer(answerId: string): Promise<void> {
  const stream = streams.get(answerId);
  if (stream === undefined) return;
  if (stream.chatId === null) {
    stream.stopWanted = true;
    return;
  }
  try {
    await api.chat.stop.mutate({ id: stream.chatId });
  } catch (error) {
    // The agent was not reached: it stops writing for nobody by itself, and this page stops waiting.
    if (isConnectionLoss(error)) end(stream, { kind: 'stopped' });
  }
}

/** Stops all that this page is having written. */
export async function stopAllAnswers(): Promise<void> {
  await Promise.all([...streams.keys()].map(stopAnswer));
}

/** Stops what is being written into a conversation that goes away. */
export async function stopAnswersOf(conversationId: string): Promise<void> {
  const own = [...streams.values()].filter((stream) => stream.conversationId === conversationId);
  await Promise.all(own.map(({ answerId }) => stopAnswer(answerId)));
}

/** Takes up the answers that were unfinished when the page was closed. */
export function resumeAnswers(conversationId: string): void {
  for (const turn of conversations.find(conversationId)?.turns ?? []) {
    if (turn.role !== 'assistant' || !isUnfinished(turn.status) || streams.has(turn.id)) continue;
    const stream = openStream(conversationId, turn.id, turn.chatId);
    if (turn.chatId !== null) {
      watch(stream, turn.chatId, turn.lastEventId);
      continue;
    }
    const what = 'The question was not sent.';
    const failure = { code: 'cancelled', what, why: 'The page was closed first.', remedy: null } as const;
    end(stream, { kind: 'failed', failure });
  }
}

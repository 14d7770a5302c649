import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js';
import { agentState, isKnown } from '../../state/agent-state.ts';
import { isUnfinished, type Answer } from '../../state/answer.ts';
import { answerAgain, ask, askInstead, resumeAnswers, stopAnswer } from '../../state/answers.ts';
import { connection } from '../../state/connection.ts';
import type { ChatSettings, Conversation, Question, Turn } from '../../state/conversation.ts';
import {
  changeConversation,
  conversations,
  createConversation,
  openConversation,
} from '../../state/conversations.ts';
import {
  chooseNewModel,
  chooseNewSettings,
  draftText,
  keepDraftText,
  newConversationDraft,
} from '../../state/drafts.ts';
import { chooseModel } from '../../state/model-choice.ts';
import { showToast } from '../../state/toasts.ts';
import { whenToAsk } from '../../state/when-to-ask.ts';
import { useHeldQuestion, type HeldQuestion } from './use-held-question.ts';

/** A conversation as its page shows it, and what can be done in it. */
export interface Chat {
  readonly conversation: Accessor<Conversation | undefined>;
  /** It was looked for and is not in this browser. */
  readonly isMissing: Accessor<boolean>;
  readonly turns: Accessor<readonly Turn[]>;
  readonly settings: Accessor<ChatSettings>;
  /** The model that will answer; null if there is none. */
  readonly model: Accessor<string | null>;
  /** The answer that is being written. */
  readonly writing: Accessor<Answer | undefined>;
  /** The question that is being edited. */
  readonly editing: Accessor<Question | null>;
  /** Why nothing can be asked as things stand; null where a question goes now or soon. */
  readonly whyNot: Accessor<string | null>;
  /** The question in the field, sent while the Mac was not connected. */
  readonly held: HeldQuestion;
  readonly write: (text: string) => void;
  readonly send: (text: string) => void;
  readonly stop: () => void;
  readonly edit: (question: Question) => void;
  readonly cancelEdit: () => void;
  readonly writeAgain: (answerId: string) => void;
  readonly chooseModel: (model: string) => void;
  readonly changeSettings: (settings: ChatSettings) => void;
}

/**
 * The conversation of an id; null is the one that begins with its first question, which `onBegun` is told of.
 */
export function useChat(id: Accessor<string | null>, onBegun: (id: string) => void): Chat {
  const [editing, setEditing] = createSignal<Question | null>(null);
  const [isMissing, setMissing] = createSignal(false);

  const conversation = (): Conversation | undefined => {
    const present = id();
    return present === null ? undefined : conversations.find(present);
  };
  const turns = () => conversation()?.turns ?? [];
  const model = (): string | null => {
    const wanted = (id() === null ? newConversationDraft : conversation())?.model ?? null;
    return chooseModel({ ...agentState, wanted });
  };

  const when = createMemo(() =>
    whenToAsk({ connection: connection().kind, known: isKnown(), model: model() }),
  );
  const held = useHeldQuestion(when, () => put(draftText(id()).trim()));
  const whyNot = (): string | null => {
    const answer = when();
    return typeof answer === 'string' ? null : answer.whyNot;
  };

  async function open(wanted: string): Promise<void> {
    const found = await openConversation(wanted);
    if (found) resumeAnswers(wanted);
    else if (id() === wanted) setMissing(true);
  }

  createEffect(
    on(id, (present) => {
      setEditing(null);
      held.letGo();
      setMissing(false);
      if (present !== null) void open(present);
    }),
  );

  function begin(text: string, answering: string): void {
    const created = createConversation(newConversationDraft.model, newConversationDraft.settings);
    ask(created.id, text, answering);
    onBegun(created.id);
  }

  function put(text: string): void {
    const answering = model();
    if (answering === null) return;
    const edited = editing();
    const present = conversation();
    setEditing(null);
    keepDraftText(id(), '');
    if (present === undefined) begin(text, answering);
    else if (edited === null) ask(present.id, text, answering);
    else askInstead(present.id, edited.id, text, answering);
  }

  return {
    conversation,
    isMissing,
    turns,
    settings: () => conversation()?.settings ?? newConversationDraft.settings,
    model,
    writing() {
      const last = turns().at(-1);
      return last?.role === 'assistant' && isUnfinished(last.status) ? last : undefined;
    },
    editing,
    whyNot,
    held,
    write(text) {
      held.letGo();
      keepDraftText(id(), text);
    },
    send(text) {
      const reason = whyNot();
      if (reason !== null) {
        showToast(reason);
        return;
      }
      // It stays in its field meanwhile, so that nothing is lost if the Mac stays away.
      keepDraftText(id(), text);
      if (when() === 'soon') held.hold();
      else put(text);
    },
    stop() {
      const last = turns().at(-1);
      if (last !== undefined) void stopAnswer(last.id);
    },
    edit(question) {
      setEditing(question);
      keepDraftText(id(), question.text);
    },
    cancelEdit() {
      setEditing(null);
      held.letGo();
      keepDraftText(id(), '');
    },
    writeAgain(answerId) {
      const present = id();
      const answering = model();
      if (present !== null && answering !== null) answerAgain(present, answerId, answering);
    },
    chooseModel(picked) {
      const present = id();
      if (present === null) chooseNewModel(picked);
      else changeConversation(present, (before) => ({ ...before, model: picked }));
    },
    changeSettings(settings) {
      const present = id();
      if (present === null) chooseNewSettings(settings);
      else changeConversation(present, (before) => ({ ...before, settings }));
    },
  };
}

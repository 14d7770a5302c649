import { createStore } from 'solid-js/store';
import { defaultSettings, type ChatSettings } from './conversation.ts';

interface Drafts {
  /** What was typed and not sent, by conversation; '' is the one that does not exist yet. */
  texts: Record<string, string>;
  /** What the conversation that does not exist yet will begin with. */
  model: string | null;
  settings: ChatSettings;
}

const [drafts, setDrafts] = createStore<Drafts>({ texts: {}, model: null, settings: defaultSettings });

export const newConversationDraft: Readonly<Drafts> = drafts;

export function draftText(conversationId: string | null): string {
  return drafts.texts[conversationId ?? ''] ?? '';
}

export function keepDraftText(conversationId: string | null, text: string): void {
  setDrafts('texts', conversationId ?? '', text);
}

export function chooseNewModel(model: string): void {
  setDrafts('model', model);
}

export function chooseNewSettings(settings: ChatSettings): void {
  setDrafts('settings', settings);
}

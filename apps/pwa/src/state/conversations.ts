import { createSignal } from 'solid-js';
import { createStore, produce, reconcile, unwrap } from 'solid-js/store';
import { erase, isKept, read, readAll, write } from '../lib/database.ts';
import type { Answer } from './answer.ts';
import {
  newConversation,
  summaryOf,
  type ChatSettings,
  type Conversation,
  type ConversationSummary,
} from './conversation.ts';

interface Shelf {
  summaries: ConversationSummary[];
  /** Those that were opened in this visit. */
  opened: Record<string, Conversation>;
}

const [shelf, setShelf] = createStore<Shelf>({ summaries: [], opened: {} });
const [kept, setKept] = createSignal(true);

/** The conversations of this browser, and whether the browser keeps them. */
export const conversations = {
  get summaries(): readonly ConversationSummary[] {
    return shelf.summaries;
  },
  find(id: string): Conversation | undefined {
    return shelf.opened[id];
  },
  isKept: kept,
};

/** Other tabs of this browser show the same conversations. */
const channel = new BroadcastChannel('impetus.conversations');
channel.addEventListener('message', ({ data: id }: MessageEvent<string>) => {
  void refreshSummaries();
  void refreshOpened(id);
});

async function refreshSummaries(): Promise<void> {
  const summaries = await readAll<ConversationSummary>('summaries');
  setShelf('summaries', reconcile(summaries, { key: 'id' }));
}

/** Reads the list of conversations. */
export async function startConversations(): Promise<void> {
  setKept(await isKept());
  await refreshSummaries();
}

const saveTimers = new Map<string, ReturnType<typeof setTimeout>>();
const saveAfterMs = 800;

async function save(id: string): Promise<void> {
  clearTimeout(saveTimers.get(id));
  saveTimers.delete(id);
  const conversation = shelf.opened[id];
  if (conversation === undefined) return;
  const plain = unwrap(conversation);
  await Promise.all([write('conversations', id, plain), write('summaries', id, summaryOf(plain))]);
  channel.postMessage(id);
}

function saveSoon(id: string): void {
  if (!saveTimers.has(id))
    saveTimers.set(
      id,
      setTimeout(() => void save(id), saveAfterMs),
    );
}

/** Writes what has not been written yet; the page may be about to go. */
export function saveAll(): void {
  for (const id of saveTimers.keys()) void save(id);
}

/** Brings a conversation into memory; false if there is none of that name. */
export async function openConversation(id: string): Promise<boolean> {
  if (id in shelf.opened) return true;
  const found = await read<Conversation>('conversations', id);
  if (found === undefined) return false;
  setShelf('opened', id, found);
  return true;
}

async function refreshOpened(id: string): Promise<void> {
  if (!(id in shelf.opened)) return;
  const found = await read<Conversation>('conversations', id);
  // Changes of this tab that are still to be written are newer than what the other one wrote.
  if (found !== undefined && !saveTimers.has(id)) setShelf('opened', id, reconcile(found, { key: 'id' }));
}

export function createConversation(model: string | null, settings: ChatSettings): Conversation {
  const conversation = newConversation({ id: crypto.randomUUID(), now: Date.now(), model, settings });
  setShelf('opened', conversation.id, conversation);
  return conversation;
}

/** Replaces a conversation by what `change` makes of it. */
export function changeConversation(id: string, change: (before: Conversation) => Conversation): void {
  const present = shelf.opened[id];
  if (present === undefined) return;
  const changed = change(unwrap(present));
  setShelf('opened', id, reconcile(changed, { key: 'id' }));
  const summary = summaryOf(changed);
  setShelf(
    'summaries',
    produce((summaries) => {
      const listed = summaries.find((other) => other.id === id);
      if (listed === undefined) summaries.push(summary);
      else Object.assign(listed, summary);
    }),
  );
  saveSoon(id);
}

/** Changes one answer in place, so that a stream touches nothing but what it adds to. */
export function changeAnswer(id: string, answerId: string, change: (before: Answer) => Answer): void {
  if (!(id in shelf.opened)) return;
  setShelf(
    'opened',
    id,
    produce(({ turns }) => {
      const answer = turns.find((turn) => turn.id === answerId);
      if (answer?.role === 'assistant') Object.assign(answer, change({ ...answer }));
    }),
  );
  saveSoon(id);
}

export async function renameConversation(id: string, title: string): Promise<void> {
  if (!(await openConversation(id))) return;
  changeConversation(id, (conversation) => ({ ...conversation, title, isNamed: true }));
  await save(id);
}

/** Deletes a conversation and gives back what brings it back. */
export async function deleteConversation(id: string): Promise<() => void> {
  await openConversation(id);
  const conversation = shelf.opened[id];
  const copy = conversation === undefined ? undefined : structuredClone(unwrap(conversation));
  clearTimeout(saveTimers.get(id));
  saveTimers.delete(id);
  setShelf('summaries', (summaries) => summaries.filter((summary) => summary.id !== id));
  setShelf(
    'opened',
    produce((opened) => delete opened[id]),
  );
  await Promise.all([erase('conversations', id), erase('summaries', id)]);
  channel.postMessage(id);
  return () => {
    if (copy === undefined) return;
    setShelf('opened', id, copy);
    changeConversation(id, (same) => same);
  };
}

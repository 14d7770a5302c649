import './conversation-list.css';
import { useNavigate } from '@solidjs/router';
import Pencil from 'lucide-solid/icons/pencil';
import SquarePen from 'lucide-solid/icons/square-pen';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, For, Index, lazy, Show, Suspense, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Menu } from '../../components/menu/menu.tsx';
import { useNow } from '../../lib/clock.ts';
import { daysBetween } from '../../lib/format.ts';
import { stopAnswersOf } from '../../state/answers.ts';
import type { ConversationSummary } from '../../state/conversation.ts';
import { conversations, deleteConversation } from '../../state/conversations.ts';
import { groupByDay } from '../../state/day-groups.ts';
import { showToast } from '../../state/toasts.ts';

const RenameSheet = lazy(() => import('./rename-sheet.tsx'));

export interface ConversationListProps {
  readonly currentId: string | null;
  /** One of them, or a new one, was chosen. */
  readonly onChosen?: () => void;
}

/** The conversations of this browser, by the day of their last use. */
export function ConversationList(props: ConversationListProps): JSX.Element {
  const navigate = useNavigate();
  const now = useNow();
  const [renaming, setRenaming] = createSignal<ConversationSummary | null>(null);
  let list!: HTMLDivElement;
  const groups = () => groupByDay(conversations.summaries, (at) => daysBetween(at, now()));

  const begin = (): void => {
    navigate('/');
    props.onChosen?.();
  };
  const linkTo = (id: string): HTMLElement | null => list.querySelector(`a[href="/c/${id}"]`);
  const endRenaming = (): void => {
    const id = renaming()?.id;
    setRenaming(null);
    // The menu that led to the sheet is gone: its conversation takes the focus back.
    if (id !== undefined) queueMicrotask(() => linkTo(id)?.focus());
  };
  const remove = async ({ id, title }: ConversationSummary): Promise<void> => {
    await stopAnswersOf(id);
    const undo = await deleteConversation(id);
    list.querySelector<HTMLElement>('a, button')?.focus();
    if (id === props.currentId) navigate('/', { replace: true });
    showToast(`“${title}” was deleted.`, { label: 'Undo', run: undo });
  };

  return (
    <div class="conversation-list" ref={list}>
      <Button icon={<SquarePen />} onPress={begin}>
        New conversation
      </Button>
      <Show when={!conversations.isKept()}>
        <p class="conversation-list-note">This browser keeps nothing: conversations end with this page.</p>
      </Show>
      <Show
        when={groups().length > 0}
        fallback={
          <p class="conversation-list-note">Your conversations are listed here. They stay in this browser.</p>
        }
      >
        <Index each={groups()}>
          {(group) => (
            <section>
              <h2>{group().heading}</h2>
              <ul>
                <For each={group().items}>
                  {(item) => (
                    <li class="conversation-item" data-current={item.id === props.currentId || undefined}>
                      <a
                        class="truncate"
                        href={`/c/${item.id}`}
                        aria-current={item.id === props.currentId ? 'page' : undefined}
                        onClick={() => props.onChosen?.()}
                      >
                        {item.title}
                      </a>
                      <Menu
                        label={`More for ${item.title}`}
                        items={[
                          { label: 'Rename', icon: () => <Pencil />, onSelect: () => setRenaming(item) },
                          {
                            label: 'Delete',
                            icon: () => <Trash />,
                            danger: true,
                            onSelect: () => void remove(item),
                          },
                        ]}
                      />
                    </li>
                  )}
                </For>
              </ul>
            </section>
          )}
        </Index>
      </Show>
      <Suspense>
        <Show when={renaming()}>
          {(summary) => <RenameSheet summary={summary()} onClose={endRenaming} />}
        </Show>
      </Suspense>
    </div>
  );
}

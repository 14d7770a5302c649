import './chat-page.css';
import { useNavigate, useParams } from '@solidjs/router';
import PanelLeft from 'lucide-solid/icons/panel-left';
import SquarePen from 'lucide-solid/icons/square-pen';
import { createEffect, createSignal, lazy, Show, Suspense, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { useMedia } from '../../lib/media.ts';
import { draftText } from '../../state/drafts.ts';
import { rememberConversationPath } from '../../state/last-place.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { Composer } from './composer.tsx';
import { Start } from './start.tsx';
import { Transcript } from './transcript.tsx';
import { useChat } from './use-chat.ts';

const ConversationColumn = lazy(() => import('./conversation-column.tsx'));
const ConversationSheet = lazy(() => import('./conversation-sheet.tsx'));
const SettingsSheet = lazy(() => import('./settings-sheet.tsx'));

/** A conversation with a model: the first screen. */
export function ChatPage(): JSX.Element {
  const params = useParams<{ id?: string }>();
  const navigate = useNavigate();
  const hasColumn = useMedia('(width >= 1280px)');
  const [sheet, setSheet] = createSignal<'conversations' | 'settings' | null>(null);

  const id = (): string | null => params.id ?? null;
  const chat = useChat(id, (begun) => navigate(`/c/${begun}`, { replace: true }));

  usePageTitle('Chat', () => chat.conversation()?.title);
  createEffect(() => rememberConversationPath(id()));

  return (
    <div class="chat">
      <Suspense>
        <Show when={hasColumn()}>
          <ConversationColumn currentId={id()} />
        </Show>
      </Suspense>
      <div class="chat-pane">
        <header class="chat-head">
          <h1 class="chat-title truncate">{chat.conversation()?.title ?? 'New conversation'}</h1>
          <Show when={!hasColumn()}>
            <IconButton label="Conversations" opens="dialog" onPress={() => setSheet('conversations')}>
              <PanelLeft />
            </IconButton>
            <IconButton label="New conversation" onPress={() => navigate('/')}>
              <SquarePen />
            </IconButton>
          </Show>
        </header>
        <Show when={!chat.isMissing()} fallback={<Missing onNew={() => navigate('/')} />}>
          <Show
            when={chat.turns().length > 0}
            fallback={
              <Start visible={id() === null} onPick={chat.send} whyNot={chat.whyNot()} model={chat.model()} />
            }
          >
            <Transcript
              conversationId={id() ?? ''}
              turns={chat.turns()}
              writing={chat.writing() !== undefined}
              onEdit={chat.edit}
              onAgain={chat.writeAgain}
            />
          </Show>
          <Composer
            text={draftText(id())}
            onText={chat.write}
            onSend={chat.send}
            writing={chat.writing() !== undefined}
            onStop={chat.stop}
            editing={chat.editing() !== null}
            onCancelEdit={chat.cancelEdit}
            whyNot={chat.whyNot()}
            held={chat.held.isHeld()}
            onLetGo={chat.held.letGo}
            model={chat.model()}
            onModel={chat.chooseModel}
            onSettings={() => setSheet('settings')}
            focusKey={id()}
          />
        </Show>
      </div>
      <Suspense>
        <Show when={sheet() === 'conversations'}>
          <ConversationSheet currentId={id()} onClose={() => setSheet(null)} />
        </Show>
        <Show when={sheet() === 'settings'}>
          <SettingsSheet
            settings={chat.settings()}
            onChange={chat.changeSettings}
            onClose={() => setSheet(null)}
          />
        </Show>
      </Suspense>
    </div>
  );
}

function Missing(props: { readonly onNew: () => void }): JSX.Element {
  return (
    <EmptyState
      title="This conversation is not here"
      text="Conversations stay in the browser in which they were held, until they are deleted there."
    >
      <Button kind="primary" onPress={props.onNew}>
        Start a new one
      </Button>
    </EmptyState>
  );
}

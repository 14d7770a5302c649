import './transcript.css';
import ArrowDown from 'lucide-solid/icons/arrow-down';
import { createEffect, createSignal, For, on, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { lastQuestion, type Question, type Turn } from '../../state/conversation.ts';
import { AnswerView } from './answer.tsx';
import { QuestionView } from './question.tsx';

/** This near to the end still counts as reading the end. */
const nearPx = 56;

export interface TranscriptProps {
  readonly conversationId: string;
  readonly turns: readonly Turn[];
  readonly writing: boolean;
  readonly onEdit: (question: Question) => void;
  readonly onAgain: (answerId: string) => void;
}

/** What was said. It follows what is being written, until its reader scrolls up. */
export function Transcript(props: TranscriptProps): JSX.Element {
  const [following, setFollowing] = createSignal(true);
  let scroller!: HTMLDivElement;
  let content!: HTMLOListElement;
  let lastTop = 0;

  const toEnd = (): void => {
    scroller.scrollTop = scroller.scrollHeight;
  };
  const follow = (): void => {
    setFollowing(true);
    toEnd();
  };

  /** Only going up lets go: an answer that grows faster than it is shown must not. */
  const notice = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const wentUp = scrollTop < lastTop - 1;
    lastTop = scrollTop;
    if (scrollHeight - scrollTop - clientHeight < nearPx) setFollowing(true);
    else if (wentUp) setFollowing(false);
  };

  onMount(() => {
    const observer = new ResizeObserver(() => {
      if (following()) toEnd();
    });
    observer.observe(content);
    // The keyboard and the composer take room from the bottom.
    observer.observe(scroller);
    onCleanup(() => observer.disconnect());
  });
  // Another conversation, or a question just asked: the end is where the reader wants to be.
  createEffect(on(() => [props.conversationId, lastQuestion(props.turns)?.id], follow));

  return (
    <div class="transcript">
      <div
        class="transcript-scroller"
        ref={scroller}
        tabindex="0"
        role="region"
        aria-label="Conversation"
        onScroll={notice}
      >
        <ol class="transcript-turns" ref={content}>
          <For each={props.turns}>
            {(turn, index) => (
              <li>
                {turn.role === 'user' ? (
                  <QuestionView
                    question={turn}
                    canEdit={!props.writing && lastQuestion(props.turns)?.id === turn.id}
                    onEdit={() => props.onEdit(turn)}
                  />
                ) : (
                  <AnswerView
                    answer={turn}
                    isLast={index() === props.turns.length - 1}
                    onAgain={() => props.onAgain(turn.id)}
                  />
                )}
              </li>
            )}
          </For>
        </ol>
      </div>
      <Show when={!following()}>
        <button type="button" class="transcript-latest" onClick={follow}>
          <ArrowDown />
          Jump to latest
        </button>
      </Show>
    </div>
  );
}

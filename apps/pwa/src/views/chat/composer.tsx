import './composer.css';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import Square from 'lucide-solid/icons/square';
import { createEffect, on, onMount, Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { hasTouchKeyboard } from '../../lib/media.ts';
import { macName } from '../../state/agent-state.ts';
import { connection } from '../../state/connection.ts';
import { showToast } from '../../state/toasts.ts';
import { ModelSelect } from './model-select.tsx';
import { heldNotice } from './use-held-question.ts';

export interface ComposerProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onSend: (text: string) => void;
  readonly writing: boolean;
  readonly onStop: () => void;
  readonly editing: boolean;
  readonly onCancelEdit: () => void;
  /** Why nothing can be asked as things stand. */
  readonly whyNot: string | null;
  /** What is written was sent, and goes when the Mac is connected. */
  readonly held: boolean;
  readonly onLetGo: () => void;
  /** The model that will answer; null if there is none. */
  readonly model: string | null;
  readonly onModel: (model: string) => void;
  readonly onSettings: () => void;
  /** When this changes, the reader has come to another conversation and wants to write. */
  readonly focusKey: string | null;
}

/** Where questions are written, and answers stopped. */
export function Composer(props: ComposerProps): JSX.Element {
  let field!: HTMLTextAreaElement;

  const notReady = (): string | null => {
    if (props.whyNot !== null) return props.whyNot;
    if (props.text.trim() === '') return 'Write a question first.';
    return props.writing ? 'Let the answer finish, or stop it first.' : null;
  };
  const send = (): void => {
    const reason = notReady();
    if (reason === null) props.onSend(props.text.trim());
    else showToast(reason);
  };
  const press = (event: KeyboardEvent): void => {
    // An input method uses Enter to choose a word.
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey && !hasTouchKeyboard()) {
      event.preventDefault();
      send();
    }
    if (event.key === 'Escape' && (props.writing || props.held || props.editing)) {
      event.stopPropagation();
      if (props.writing) props.onStop();
      else if (props.held) props.onLetGo();
      else props.onCancelEdit();
    }
  };
  const focus = (): void => {
    // A keyboard that jumps up on glass hides what its owner came to read.
    if (!hasTouchKeyboard()) field.focus({ preventScroll: true });
  };

  createEffect(on(() => props.focusKey, focus));
  createEffect(
    on(
      () => props.editing,
      (editing) => editing && field.focus(),
      { defer: true },
    ),
  );
  onMount(() => growWithoutFieldSizing(field, () => props.text));

  return (
    <div class="composer-place">
      <form
        class="composer"
        aria-label="Question"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Show when={props.editing}>
          <Notice
            text="Editing the last question; what followed is replaced."
            onCancel={props.onCancelEdit}
          />
        </Show>
        <Show when={props.held}>
          <Notice text={heldNotice()} onCancel={props.onLetGo} />
        </Show>
        <textarea
          ref={field}
          class="composer-field"
          rows="1"
          aria-label="Your question"
          placeholder={connection().kind === 'away' ? `${macName()} is away` : `Ask ${macName()}`}
          enterkeyhint="enter"
          value={props.text}
          onInput={(event) => props.onText(event.currentTarget.value)}
          onKeyDown={press}
        />
        <div class="composer-row">
          <ModelSelect value={props.model} onChange={props.onModel} />
          <IconButton label="Settings of this conversation" opens="dialog" onPress={props.onSettings}>
            <SlidersHorizontal />
          </IconButton>
          <span class="composer-gap" />
          <Show
            when={props.writing}
            fallback={
              <IconButton label="Send" kind="primary" disabledReason={notReady()} onPress={send}>
                <ArrowUp />
              </IconButton>
            }
          >
            <IconButton label="Stop" kind="primary" onPress={props.onStop}>
              <Square class="composer-stop" />
            </IconButton>
          </Show>
        </div>
      </form>
    </div>
  );
}

function Notice(props: { readonly text: string; readonly onCancel: () => void }): JSX.Element {
  return (
    <div class="composer-notice">
      <span>{props.text}</span>
      <Button kind="quiet" size="small" onPress={props.onCancel}>
        Cancel
      </Button>
    </div>
  );
}

/** Browsers that cannot size a field by its content are helped. */
function growWithoutFieldSizing(field: HTMLTextAreaElement, text: () => string): void {
  if (CSS.supports('field-sizing', 'content')) return;
  createEffect(
    on(text, () => {
      field.style.blockSize = 'auto';
      field.style.blockSize = `${field.scrollHeight}px`;
    }),
  );
}

import './answer.css';
import Check from 'lucide-solid/icons/check';
import Copy from 'lucide-solid/icons/copy';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { createSignal, lazy, onCleanup, Show, Suspense, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { Progress } from '../../components/progress/progress.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { copyText } from '../../lib/clipboard.ts';
import { awayReason } from '../../state/actions.ts';
import { macName, modelName } from '../../state/agent-state.ts';
import { connection } from '../../state/connection.ts';
import { isUnfinished, type Answer } from '../../state/answer.ts';
import { showToast } from '../../state/toasts.ts';
import { endingOf, factsOf, thinkingTitle, waitingFor } from './answer-words.ts';

const Markdown = lazy(() => import('../../components/markdown/markdown.tsx'));

const saidForMs = 2_000;

export interface AnswerProps {
  readonly answer: Answer;
  readonly isLast: boolean;
  readonly onAgain: () => void;
}

/** What a model wrote, or is writing, or could not write. */
export function AnswerView(props: AnswerProps): JSX.Element {
  // It is there before the first word is.
  void Markdown.preload();
  const name = (): string => modelName(props.answer.model);
  const unfinished = (): boolean => isUnfinished(props.answer.status);
  const failure = () => (props.answer.status.kind === 'failed' ? props.answer.status.failure : null);
  return (
    <article class="answer" aria-label={name()} aria-busy={unfinished()}>
      <Show when={props.answer.thinking}>
        {(thinking) => (
          <details class="answer-thinking">
            <summary>{thinkingTitle(thinking(), props.answer.status)}</summary>
            <p class="answer-plain">{thinking().text.trim()}</p>
          </details>
        )}
      </Show>
      <Show when={props.answer.text !== ''}>
        <Suspense fallback={<p class="answer-plain">{props.answer.text}</p>}>
          <Markdown text={props.answer.text} />
        </Suspense>
      </Show>
      <Show when={failure()}>
        {(shown) => (
          <ErrorPanel failure={shown()}>
            <Button size="small" disabledReason={awayReason()} onPress={props.onAgain}>
              Try again
            </Button>
          </ErrorPanel>
        )}
      </Show>
      <Show when={unfinished()} fallback={<Foot {...props} name={name()} />}>
        <Underway answer={props.answer} name={name()} />
      </Show>
    </article>
  );
}

function Underway(props: { readonly answer: Answer; readonly name: string }): JSX.Element {
  const waiting = () => waitingFor(props.answer.status, props.name);
  const progress = () => waiting().progress;
  return (
    <div class="answer-foot">
      <Show
        when={connection().kind !== 'away'}
        fallback={
          <StateLabel kind="away">{macName()} is away; the answer goes on when it is back.</StateLabel>
        }
      >
        <Show
          when={props.answer.status.kind === 'writing' || props.answer.status.kind === 'thinking'}
          fallback={<StateLabel kind="working">{waiting().words}</StateLabel>}
        >
          <span class="answer-facts">{factsOf(props.answer, props.name)}</span>
        </Show>
      </Show>
      <Show when={progress() !== undefined && connection().kind !== 'away'}>
        <div class="answer-progress">
          <Progress label={waiting().words} value={progress() ?? null} />
        </div>
      </Show>
    </div>
  );
}

function Foot(props: AnswerProps & { readonly name: string }): JSX.Element {
  const ending = () => endingOf(props.answer);
  return (
    <div class="answer-foot">
      <p class="answer-facts">
        <Show when={ending()}>
          <span class="answer-ending">{ending()} </span>
        </Show>
        {factsOf(props.answer, props.name)}
      </p>
      <div class="answer-actions">
        <Show when={props.answer.text !== ''}>
          <CopyAnswer text={props.answer.text} />
        </Show>
        <Show when={props.isLast && props.answer.status.kind !== 'failed'}>
          <IconButton
            label="Write it again"
            size="small"
            disabledReason={awayReason()}
            onPress={props.onAgain}
          >
            <RotateCcw />
          </IconButton>
        </Show>
      </div>
    </div>
  );
}

function CopyAnswer(props: { readonly text: string }): JSX.Element {
  const [copied, setCopied] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const copy = async (): Promise<void> => {
    if (!(await copyText(props.text))) {
      showToast('The browser did not let this page copy. Select the text and copy it by hand.');
      return;
    }
    setCopied(true);
    timer = setTimeout(() => setCopied(false), saidForMs);
  };
  return (
    <IconButton label={copied() ? 'Copied' : 'Copy the answer'} size="small" onPress={() => void copy()}>
      <Show when={copied()} fallback={<Copy />}>
        <Check />
      </Show>
    </IconButton>
  );
}

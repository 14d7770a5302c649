import './running-bar.css';
import ChevronUp from 'lucide-solid/icons/chevron-up';
import { Show, type JSX } from 'solid-js';
import type { RunnerView } from '../../state/runner-view.ts';
import { Progress } from '../progress/progress.tsx';
import { StateMark } from '../state-mark/state-mark.tsx';

export interface RunningBarProps {
  /** The model's name, or that there is none. */
  readonly title: string;
  readonly view: RunnerView;
  /** How many other models are in memory. */
  readonly others: number;
  readonly onOpen: () => void;
}

/** What the Mac runs, on every page, like a player; it opens what steers it. */
export function RunningBar(props: RunningBarProps): JSX.Element {
  return (
    <div class="running-bar">
      <button type="button" class="running-bar-button" aria-haspopup="dialog" onClick={() => props.onOpen()}>
        <StateMark kind={props.view.kind} />
        <span class="visually-hidden">Running:</span>
        <span class="running-bar-title truncate">{props.title}</span>
        <Show when={props.others > 0}>
          <span class="running-bar-others">+{props.others}</span>
        </Show>
        <span class="running-bar-words truncate">{props.view.short ?? props.view.words}</span>
        <ChevronUp />
      </button>
      <div class="running-bar-progress">
        <Show when={props.view.progress}>
          {(progress) => <Progress label={`${props.title}: ${progress().label}`} value={progress().value} />}
        </Show>
      </div>
    </div>
  );
}

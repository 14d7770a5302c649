import './error-panel.css';
import { Show, type JSX } from 'solid-js';
import type { Failure } from '../../api/failure.ts';
import { StateMark } from '../state-mark/state-mark.tsx';

export interface ErrorPanelProps {
  readonly failure: Pick<Failure, 'what' | 'why' | 'remedy'>;
  /** What can be done about it here. */
  readonly children?: JSX.Element;
}

/** What happened, why if that is known, and what to do now. */
export function ErrorPanel(props: ErrorPanelProps): JSX.Element {
  return (
    <div class="error-panel" role="group" aria-label={props.failure.what}>
      <StateMark kind="failed" />
      <div class="error-panel-text">
        <p class="error-panel-what">{props.failure.what}</p>
        <Show when={props.failure.why}>
          <p>{props.failure.why}</p>
        </Show>
        <Show when={props.failure.remedy}>
          <p>{props.failure.remedy}</p>
        </Show>
        <Show when={props.children}>
          <div class="error-panel-actions">{props.children}</div>
        </Show>
      </div>
    </div>
  );
}

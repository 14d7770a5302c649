import './empty-state.css';
import { Show, type JSX } from 'solid-js';

export interface EmptyStateProps {
  readonly icon?: JSX.Element;
  readonly title: string;
  /** What belongs here, and the first step. */
  readonly text: JSX.Element;
  readonly children?: JSX.Element;
}

/** A view with nothing in it yet. */
export function EmptyState(props: EmptyStateProps): JSX.Element {
  return (
    <div class="empty-state">
      <Show when={props.icon}>
        <div class="empty-state-icon">{props.icon}</div>
      </Show>
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      <Show when={props.children}>
        <div class="empty-state-actions">{props.children}</div>
      </Show>
    </div>
  );
}

import './notice.css';
import { Show, type JSX } from 'solid-js';

export interface NoticeProps {
  readonly icon: JSX.Element;
  readonly children: JSX.Element;
  readonly actions?: JSX.Element;
}

/** A calm line above a page: something to know, and perhaps to do. */
export function Notice(props: NoticeProps): JSX.Element {
  return (
    <div class="notice" role="status">
      {props.icon}
      <p>{props.children}</p>
      <Show when={props.actions}>
        <div class="notice-actions">{props.actions}</div>
      </Show>
    </div>
  );
}

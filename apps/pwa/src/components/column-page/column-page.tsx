import './column-page.css';
import { Show, type JSX } from 'solid-js';
import { BackLink, type BackLinkProps } from '../back-link/back-link.tsx';

export interface ColumnPageProps {
  /** What the view calls its column, where it lays it out in a way of its own. */
  readonly class?: string;
  /** The page that this one belongs to. */
  readonly back?: BackLinkProps;
  readonly children: JSX.Element;
}

/** A page that is one column, and scrolls as a whole. */
export function ColumnPage(props: ColumnPageProps): JSX.Element {
  return (
    <div class="column-page">
      <div class={`column-page-column ${props.class ?? ''}`}>
        <Show when={props.back}>{(back) => <BackLink {...back()} />}</Show>
        {props.children}
      </div>
    </div>
  );
}

import './list-page.css';
import { Show, type JSX } from 'solid-js';
import { moveBetween } from '../../lib/move-between.ts';
import { AsOf } from '../as-of/as-of.tsx';

export interface ListPageProps {
  readonly title: string;
  /** When what is shown was true, while that is not now. */
  readonly asOf: number | null;
  /** The first step, beside the title. */
  readonly action?: JSX.Element;
  /** What the list is narrowed by. */
  readonly filters?: JSX.Element;
  readonly bodyRef?: (body: HTMLElement) => void;
  readonly children: JSX.Element;
}

/** A page that is a list: its name, one action, and rows that the arrow keys go through. */
export function ListPage(props: ListPageProps): JSX.Element {
  return (
    <section class="list-page" aria-label={props.title}>
      <header class="list-page-head">
        <div class="page-title">
          <h1>{props.title}</h1>
          <AsOf at={props.asOf} />
        </div>
        {props.action}
        <Show when={props.filters}>
          <div class="list-page-filters">{props.filters}</div>
        </Show>
      </header>
      <div
        class="list-page-body"
        ref={(element) => props.bodyRef?.(element)}
        onKeyDown={(event) => moveBetween(event, '.list-row')}
      >
        {props.children}
      </div>
    </section>
  );
}

/** A heading, and the rows that belong to it. */
export function ListGroup(props: {
  readonly heading?: string | undefined;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <section class="list-group">
      <Show when={props.heading}>
        <h2>{props.heading}</h2>
      </Show>
      <ul>{props.children}</ul>
    </section>
  );
}

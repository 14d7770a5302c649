import './list-row.css';
import { Show, type JSX } from 'solid-js';

export interface ListRowContentProps {
  readonly icon: JSX.Element;
  readonly title: string;
  /** A short fixed property beside the title. */
  readonly badge?: JSX.Element;
  /** One line of facts. */
  readonly facts: JSX.Element;
  /** When, how it stands, or the one thing that can be done. */
  readonly aside?: JSX.Element;
}

/** What is in a row, whatever a press on it does; it stands within an element of the class list-row. */
export function ListRowContent(props: ListRowContentProps): JSX.Element {
  return (
    <>
      <span class="list-row-icon">{props.icon}</span>
      <span class="list-row-title">
        <span class="truncate">{props.title}</span>
        {props.badge}
      </span>
      <Show when={props.aside}>
        <span class="list-row-aside">{props.aside}</span>
      </Show>
      <span class="list-row-facts truncate">{props.facts}</span>
    </>
  );
}

export interface ListRowProps extends ListRowContentProps {
  readonly href: string;
  readonly isCurrent?: boolean;
}

/** One thing of a list: its name, two facts, one state; the rest is in the detail. */
export function ListRow(props: ListRowProps): JSX.Element {
  return (
    <li>
      <a class="list-row" href={props.href} aria-current={props.isCurrent ? 'page' : undefined}>
        <ListRowContent {...props} />
      </a>
    </li>
  );
}

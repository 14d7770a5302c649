import './detail.css';
import { Show, type JSX } from 'solid-js';

export interface DetailProps {
  readonly name: string;
  /** One line under the name. */
  readonly about?: JSX.Element;
  readonly children: JSX.Element;
}

/** One thing of a list in full; where it comes as a sheet, the sheet has its name. */
export function Detail(props: DetailProps): JSX.Element {
  return (
    <article class="detail" aria-label={props.name}>
      <header class="detail-head">
        <h2>{props.name}</h2>
        <Show when={props.about}>
          <p>{props.about}</p>
        </Show>
      </header>
      {props.children}
    </article>
  );
}

/** A part of it, with its heading. */
export function DetailCard(props: { readonly title: string; readonly children: JSX.Element }): JSX.Element {
  return (
    <section class="detail-card">
      <h3>{props.title}</h3>
      {props.children}
    </section>
  );
}

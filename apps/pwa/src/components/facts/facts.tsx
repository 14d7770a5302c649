import './facts.css';
import { Index, type JSX } from 'solid-js';

export interface Fact {
  readonly term: string;
  readonly value: JSX.Element;
  /** Ids, paths and keys. */
  readonly mono?: boolean;
}

/** What is known of a thing, one line each. */
export function Facts(props: { readonly facts: readonly Fact[] }): JSX.Element {
  return (
    <dl class="facts">
      <Index each={props.facts}>
        {(fact) => (
          <div class="facts-row">
            <dt>{fact().term}</dt>
            <dd classList={{ mono: fact().mono ?? false }}>{fact().value}</dd>
          </div>
        )}
      </Index>
    </dl>
  );
}

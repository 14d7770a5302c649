import './steps.css';
import { For, type JSX } from 'solid-js';

export interface Step {
  readonly title: string;
  readonly content: () => JSX.Element;
}

/** Numbered steps, in the order in which they are taken. */
export function Steps(props: { readonly steps: readonly Step[] }): JSX.Element {
  return (
    <ol class="steps">
      <For each={props.steps}>
        {(step, index) => (
          <li>
            <span class="steps-number" aria-hidden="true">
              {index() + 1}
            </span>
            <div class="steps-content">
              <h2>{step.title}</h2>
              {step.content()}
            </div>
          </li>
        )}
      </For>
    </ol>
  );
}

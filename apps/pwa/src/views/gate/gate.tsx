import './gate.css';
import { Show, type JSX } from 'solid-js';
import { Mark } from '../../components/mark/mark.tsx';

export interface GateProps {
  readonly title: string;
  /** One or two sentences under the title. */
  readonly intro?: JSX.Element;
  readonly children: JSX.Element;
}

/** A page for whoever is not let in yet: one thing to do, and nothing around it. */
export function Gate(props: GateProps): JSX.Element {
  return (
    <div class="gate">
      <div class="gate-column">
        <p class="gate-brand">
          <Mark size={20} />
          IMPETUS
        </p>
        <div class="gate-card">
          <header class="gate-head">
            <h1>{props.title}</h1>
            <Show when={props.intro}>
              <p>{props.intro}</p>
            </Show>
          </header>
          {props.children}
        </div>
      </div>
    </div>
  );
}

import './state-mark.css';
import type { JSX } from 'solid-js';
import type { StateKind } from '../../state/state-kind.ts';

export type { StateKind } from '../../state/state-kind.ts';

/** A shape for a state, so that colour is never alone: disc, turning arc, triangle, ring, dots, tick, square. */
export function StateMark(props: { readonly kind: StateKind }): JSX.Element {
  return (
    <svg
      class="state-mark"
      data-kind={props.kind}
      viewBox="0 0 12 12"
      width="12"
      height="12"
      aria-hidden="true"
    >
      {shapes[props.kind]()}
    </svg>
  );
}

const shapes: Record<StateKind, () => JSX.Element> = {
  running: () => <circle cx="6" cy="6" r="4" class="state-mark-fill" />,
  working: () => (
    <>
      <circle cx="6" cy="6" r="4" class="state-mark-track" />
      <path d="M6 2a4 4 0 0 1 4 4" class="state-mark-line" />
    </>
  ),
  failed: () => <path d="M6 1.5 11 10.500H1z" class="state-mark-fill" />,
  away: () => <circle cx="6" cy="6" r="3.5" class="state-mark-line" />,
  waiting: () => (
    <>
      <circle cx="1.75" cy="6" r="1.25" class="state-mark-fill" />
      <circle cx="6" cy="6" r="1.25" class="state-mark-fill" />
      <circle cx="10.25" cy="6" r="1.25" class="state-mark-fill" />
    </>
  ),
  done: () => <path d="m1.75 6.5 2.75 2.75 5.75-6.5" class="state-mark-line" />,
  cancelled: () => <rect x="2" y="2" width="8" height="8" rx="1.5" class="state-mark-line" />,
};

/** A state in words, with its shape before it. */
export function StateLabel(props: { readonly kind: StateKind; readonly children: JSX.Element }): JSX.Element {
  return (
    <span class="state-label">
      <StateMark kind={props.kind} />
      <span class="truncate">{props.children}</span>
    </span>
  );
}

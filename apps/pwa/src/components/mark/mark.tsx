import type { JSX } from 'solid-js';

/** The mark: an upright I whose upper serif runs on, a body set in motion. */
export function Mark(props: { readonly size: number }): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" width={props.size} height={props.size} fill="currentColor" aria-hidden="true">
      <path d="M2 2h29l-7 5H14.5v18H20v5H2v-5h5.5V7H2z" />
    </svg>
  );
}

import './skeleton.css';
import { For, type JSX } from 'solid-js';

/** The shape of a list that is on its way; it shows itself only if that takes a while. */
export function Skeleton(props: { readonly rows: number; readonly label: string }): JSX.Element {
  return (
    <div class="skeleton" role="status" aria-label={props.label}>
      <For each={Array.from({ length: props.rows })}>
        {() => (
          <div class="skeleton-row">
            <div class="skeleton-line" />
            <div class="skeleton-line" data-short="" />
          </div>
        )}
      </For>
    </div>
  );
}

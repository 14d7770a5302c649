import './as-of.css';
import { Show, type JSX } from 'solid-js';
import { useNow } from '../../lib/clock.ts';
import { formatAge, formatClock } from '../../lib/format.ts';

/** How old what is shown is, while it is not of now; `at` in milliseconds since the epoch, null if it is. */
export function AsOf(props: { readonly at: number | null }): JSX.Element {
  const now = useNow();
  return (
    <span class="as-of">
      <Show when={props.at}>
        {(at) => (
          <>
            as of {formatClock(at(), now())}, {formatAge(at(), now())}
          </>
        )}
      </Show>
    </span>
  );
}

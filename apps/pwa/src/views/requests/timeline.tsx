import './timeline.css';
import { Index, type JSX } from 'solid-js';
import { formatDuration } from '../../lib/format.ts';
import type { Stretch } from '../../state/request-timeline.ts';

/** Where the time of a request went, as one bar from left to right, and in words. */
export function Timeline(props: { readonly stretches: readonly Stretch[] }): JSX.Element {
  return (
    <figure class="timeline">
      <div class="timeline-bar" aria-hidden="true">
        <Index each={props.stretches}>
          {(stretch) => (
            <div
              class="timeline-stretch"
              data-kind={stretch().kind}
              style={{ 'flex-grow': Math.max(stretch().share, 0.004) }}
            />
          )}
        </Index>
      </div>
      <figcaption>
        <ol class="timeline-legend">
          <Index each={props.stretches}>
            {(stretch) => (
              <li>
                <span class="timeline-key" data-kind={stretch().kind} />
                <span>{stretch().label}</span>
                <span class="timeline-time">{formatDuration(stretch().ms)}</span>
              </li>
            )}
          </Index>
        </ol>
      </figcaption>
    </figure>
  );
}

import './memory-bar.css';
import { Index, Show, type JSX } from 'solid-js';
import { formatBytes } from '../../lib/format.ts';
import type { Candidate, MemoryView } from '../../state/memory-view.ts';

export interface MemoryBarProps {
  readonly view: MemoryView;
  readonly candidate?: Candidate;
}

/** The Mac's memory: who holds how much, what is free, and where a model that is not loaded would lie. */
export function MemoryBar(props: MemoryBarProps): JSX.Element {
  const share = (bytes: number): string => `${(Math.min(bytes, props.view.total) / props.view.total) * 100}%`;
  /** It begins where the free memory does, or as far before as it needs. */
  const start = (bytes: number): string =>
    share(Math.max(0, props.view.total - Math.max(bytes, props.view.free)));
  const spoken = (): string =>
    [
      ...props.view.segments.map(({ label, bytes }) => `${label} ${formatBytes(bytes)}`),
      `free ${formatBytes(props.view.free)} of ${formatBytes(props.view.total)}`,
    ].join(', ');
  return (
    <figure class="memory-bar">
      <div class="memory-bar-track" role="img" aria-label={`Memory: ${spoken()}`}>
        <Index each={props.view.segments}>
          {(segment) => (
            <div
              class="memory-bar-segment"
              data-kind={segment().kind}
              style={{ 'inline-size': share(segment().bytes) }}
            />
          )}
        </Index>
        <Show when={props.candidate}>
          {(candidate) => (
            <div
              class="memory-bar-candidate"
              data-fit={candidate().fit}
              style={{
                'inset-inline-start': start(candidate().bytes),
                'inline-size': share(candidate().bytes),
              }}
            />
          )}
        </Show>
      </div>
      <figcaption class="memory-bar-legend" aria-hidden="true">
        <Index each={props.view.segments}>
          {(segment) => <Entry kind={segment().kind} label={segment().label} bytes={segment().bytes} />}
        </Index>
        <Show when={props.candidate}>
          {(candidate) => <Entry kind="candidate" label={candidate().label} bytes={candidate().bytes} />}
        </Show>
        <Entry kind="free" label="Free" bytes={props.view.free} />
      </figcaption>
    </figure>
  );
}

function Entry(props: {
  readonly kind: string;
  readonly label: string;
  readonly bytes: number;
}): JSX.Element {
  return (
    <span class="memory-bar-entry">
      <span class="memory-bar-key" data-kind={props.kind} />
      <span class="truncate">{props.label}</span>
      <span class="memory-bar-bytes">{formatBytes(props.bytes)}</span>
    </span>
  );
}

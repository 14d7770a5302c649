import './memory-bar.css';
import { Index, Show, type JSX } from 'solid-js';
import { formatBytes } from '../../lib/format.ts';
import {
  budgetWords,
  type MemoryKind,
  type MemoryOutline,
  type MemorySegment,
  type MemoryView,
} from '../../state/memory-view.ts';

export interface MemoryBarProps {
  readonly view: MemoryView;
  /** The bar alone, where words beside it say what matters. */
  readonly compact?: boolean;
}

/**
 * The Mac's memory: models grow from the left towards their limit, the system from the right; a model that is
 * not loaded is the outline of where it would lie.
 */
export function MemoryBar(props: MemoryBarProps): JSX.Element {
  const share = (bytes: number): string => `${(Math.min(bytes, props.view.total) / props.view.total) * 100}%`;
  /** Whether it would be longer than the bar. */
  const isCut = ({ startBytes, totalBytes }: MemoryOutline): boolean =>
    startBytes + totalBytes > props.view.total;
  return (
    <figure class="memory-bar">
      <div class="memory-bar-track" role="img" aria-label={spoken(props.view)}>
        <Index each={props.view.models}>
          {(segment) => <Stretch segment={segment()} share={share(segment().bytes)} />}
        </Index>
        <div class="memory-bar-gap" />
        <Index each={props.view.others}>
          {(segment) => <Stretch segment={segment()} share={share(segment().bytes)} />}
        </Index>
        <Show when={props.view.outline}>
          {(outline) => (
            <div
              class="memory-bar-outline"
              data-fits={outline().fits}
              data-cut={isCut(outline()) ? '' : undefined}
              style={{
                'inset-inline-start': share(outline().startBytes),
                'inline-size': share(Math.min(outline().totalBytes, props.view.total - outline().startBytes)),
              }}
            >
              <Index each={outline().parts}>
                {(part) => (
                  <div
                    class="memory-bar-part"
                    data-kind={part().kind}
                    style={{ 'flex-grow': String(part().bytes) }}
                  />
                )}
              </Index>
            </div>
          )}
        </Show>
        <div class="memory-bar-limit" style={{ 'inset-inline-start': share(props.view.budget.limitBytes) }} />
      </div>
      <Show when={!props.compact}>
        <Legend view={props.view} />
      </Show>
    </figure>
  );
}

function Stretch(props: { readonly segment: MemorySegment; readonly share: string }): JSX.Element {
  return (
    <div class="memory-bar-segment" data-kind={props.segment.kind} style={{ 'inline-size': props.share }} />
  );
}

/** The bar's own words are its label: those who hear it have heard all that stands here. */
function Legend(props: { readonly view: MemoryView }): JSX.Element {
  return (
    <figcaption class="memory-bar-legend" aria-hidden="true">
      <Show when={props.view.outline}>
        {(outline) => (
          <>
            <Entry kind="outline" label={outline().label} bytes={outline().totalBytes} />
            <Index each={outline().parts}>
              {(part) => (
                <Entry kind={part().kind} label={part().label} bytes={part().bytes} outlined indented />
              )}
            </Index>
          </>
        )}
      </Show>
      <Index each={props.view.models}>
        {(segment) => <Entry kind={segment().kind} label={segment().label} bytes={segment().bytes} />}
      </Index>
      <Entry kind="free" label="Free" bytes={props.view.free} />
      <Index each={props.view.others}>
        {(segment) => <Entry kind={segment().kind} label={segment().label} bytes={segment().bytes} />}
      </Index>
      <Entry kind="limit" label="Limit of all models" bytes={props.view.budget.limitBytes} />
    </figcaption>
  );
}

function Entry(props: {
  readonly kind: MemoryKind | 'free' | 'limit' | 'outline';
  readonly label: string;
  readonly bytes: number;
  readonly outlined?: boolean;
  readonly indented?: boolean;
}): JSX.Element {
  return (
    <span class="memory-bar-entry" data-indented={props.indented ? '' : undefined}>
      <span class="memory-bar-key" data-kind={props.kind} data-outlined={props.outlined ? '' : undefined} />
      <span class="truncate">{props.label}</span>
      <span class="memory-bar-bytes">{formatBytes(props.bytes)}</span>
    </span>
  );
}

function spoken({ models, others, free, budget, outline, total }: MemoryView): string {
  const said = ({ label, bytes }: Pick<MemorySegment, 'label' | 'bytes'>): string =>
    `${label} ${formatBytes(bytes)}`;
  const would =
    outline === null
      ? []
      : [
          `${outline.label} would take ${formatBytes(outline.totalBytes)} (${outline.parts.map(said).join(', ')})`,
        ];
  const held = [...models, { label: 'free', bytes: free }, ...others].map(said).join(', ');
  return [`Memory, ${formatBytes(total)}: ${held}`, budgetWords(budget), ...would].join('. ');
}

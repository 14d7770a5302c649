import './two-panes.css';
import { lazy, Show, Suspense, type JSX } from 'solid-js';
import { useMedia } from '../../lib/media.ts';

const Sheet = lazy(() =>
  import('../sheet/sheet.tsx').then(({ Sheet: component }) => ({ default: component })),
);

export interface TwoPanesProps {
  readonly list: JSX.Element;
  /** What is looked at; undefined while nothing is chosen. Another one is drawn anew. */
  readonly chosen: string | undefined;
  readonly detail: (chosen: string) => JSX.Element;
  /** What stands beside the list before something was chosen. */
  readonly hint: JSX.Element;
  /** The title of the detail where it comes as a sheet. */
  readonly title: string;
  readonly onClose: () => void;
}

/** A list, and one of its things beside it; where there is no room for both, over it. */
export function TwoPanes(props: TwoPanesProps): JSX.Element {
  const hasBoth = useMedia('(width >= 1280px)');
  return (
    <div class="two-panes" data-both={hasBoth() || undefined}>
      {props.list}
      <Show when={hasBoth()}>
        <div class="two-panes-detail">
          <Show when={props.chosen} fallback={props.hint} keyed>
            {(chosen) => <div class="two-panes-column">{props.detail(chosen)}</div>}
          </Show>
        </div>
      </Show>
      <Suspense>
        <Show when={!hasBoth() && props.chosen} keyed>
          {(chosen) => (
            <Sheet open onClose={props.onClose} title={props.title}>
              {props.detail(chosen)}
            </Sheet>
          )}
        </Show>
      </Suspense>
    </div>
  );
}

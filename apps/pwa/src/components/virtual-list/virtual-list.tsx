import './virtual-list.css';
import { createVirtualizer, defaultRangeExtractor } from '@tanstack/solid-virtual';
import { createEffect, createMemo, createSignal, For, on, Show, type JSX } from 'solid-js';
import { keepFocus } from '../../lib/keep-focus.ts';
import { TabStop } from '../tab-stop/tab-stop.ts';
import { lineOf, moveOf, moveTo, toLines, type Group, type Line } from './lines.ts';

/** How many lines are drawn above and below what is in sight. */
const overscan = 6;

export interface VirtualListProps {
  readonly label: string;
  readonly groups: readonly Group[];
  /** How many things stand side by side. */
  readonly columns: number;
  /** About how high a line is, in pixels; it is measured once it is drawn. */
  readonly lineHeight: number;
  /** The thing whose page is open: the keyboard begins there. */
  readonly currentId: string | null;
  readonly children: (id: string) => JSX.Element;
  /** The keyboard went from one thing to another, perhaps with Shift. */
  readonly onMove?: (from: string, to: string, extend: boolean) => void;
}

/**
 * A list of any length that draws only what is in sight. It is one stop for the Tab key: the arrow keys go from
 * thing to thing, and Tab goes on to the buttons of the one that has the focus. A thing's first link has the focus.
 */
export function VirtualList(props: VirtualListProps): JSX.Element {
  let scroller!: HTMLDivElement;
  const [active, setActive] = createSignal<string | null>(null);
  const lines = createMemo(() => toLines(props.groups, props.columns));
  const byKey = createMemo(() => new Map(lines().map((line, index) => [line.key, { line, index }])));
  const count = createMemo(() => lines().reduce((sum, { ids }) => sum + ids.length, 0));
  const placeOf = createMemo(() => {
    const ids = lines().flatMap((line) => line.ids);
    return new Map(ids.map((id, index) => [id, index + 1]));
  });
  /** Where Tab enters the list: where it was left, else at the open one, else at the first. */
  const stop = createMemo(() => {
    const wanted = [active(), props.currentId].find((id) => id !== null && placeOf().has(id));
    return wanted ?? lines().find(({ ids }) => ids.length > 0)?.ids[0] ?? null;
  });
  const virtual = createVirtualizer<HTMLDivElement, HTMLElement>({
    get count() {
      return lines().length;
    },
    getScrollElement: () => scroller,
    get estimateSize() {
      const height = props.lineHeight;
      return (index: number): number => (lines()[index]?.heading == null ? height : 36);
    },
    get getItemKey() {
      const present = lines();
      return (index: number): string => present[index]?.key ?? String(index);
    },
    // What has the focus stays drawn when it is scrolled out of sight, or the keyboard would lose its place.
    get rangeExtractor() {
      const id = stop();
      const kept = id === null ? null : lineOf(lines(), id);
      return (range: Parameters<typeof defaultRangeExtractor>[0]): number[] => {
        const drawn = defaultRangeExtractor(range);
        if (kept === null || drawn.includes(kept)) return drawn;
        return [...drawn, kept].toSorted((a, b) => a - b);
      };
    },
    overscan,
    scrollPaddingStart: 44,
    scrollPaddingEnd: 12,
  });
  /** While the list is hidden nothing is in sight, and what was drawn stays: the focus finds its way back there. */
  const drawn = createMemo<readonly { readonly key: string; readonly start: number }[]>((before) => {
    const inSight = virtual.getVirtualItems().map(({ key, start }) => ({ key: String(key), start }));
    return inSight.length === 0 && lines().length > 0 ? before : inSight;
  }, []);
  const drawnKeys = createMemo(() => drawn().map(({ key }) => key), [], {
    equals: (a, b) => a.length === b.length && a.every((key, index) => key === b[index]),
  });
  keepFocus(() => scroller, drawnKeys);
  const startOf = (key: string): number => drawn().find((item) => item.key === key)?.start ?? 0;

  const focusOn = (id: string): void => {
    const index = lineOf(lines(), id);
    if (index === null) return;
    // From now on its line is drawn, wherever it is.
    setActive(id);
    // At once, and not with the next picture: a busy page hears the next key before that, and it is meant for this one.
    const item = scroller.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
    item?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
    virtual.scrollToIndex(index, { align: 'auto' });
  };
  const hearKey = (event: KeyboardEvent): void => {
    const from = stop();
    const move = moveOf(event.key, props.columns);
    if (move === null || from === null || isWriting(event.target) || event.altKey || event.metaKey) return;
    event.preventDefault();
    const first = virtual.getVirtualItems()[0]?.size ?? props.lineHeight;
    const page = Math.max(1, Math.floor(scroller.clientHeight / first) - 1);
    const to = moveTo(lines(), from, move, page);
    if (to === null) return;
    props.onMove?.(from, to, event.shiftKey);
    focusOn(to);
  };
  const hearFocus = (event: FocusEvent): void => {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]') : null;
    if (item?.dataset['id'] !== undefined) setActive(item.dataset['id']);
  };
  // Another order or another choice begins at its top.
  createEffect(
    on(
      () => props.columns,
      () => virtual.measure(),
      { defer: true },
    ),
  );

  return (
    <div class="virtual-list" ref={scroller} onKeyDown={hearKey} onFocusIn={hearFocus}>
      <div
        class="virtual-list-all"
        role="list"
        aria-label={props.label}
        style={{ 'block-size': `${virtual.getTotalSize()}px` }}
      >
        <For each={drawnKeys()}>
          {(key) => (
            <Show when={byKey().get(key)}>
              {(found) => (
                <DrawnLine
                  line={found().line}
                  index={found().index}
                  start={startOf(key)}
                  columns={props.columns}
                  stop={stop()}
                  placeOf={(id) => placeOf().get(id)}
                  count={count()}
                  measure={(element) => virtual.measureElement(element)}
                >
                  {props.children}
                </DrawnLine>
              )}
            </Show>
          )}
        </For>
      </div>
    </div>
  );
}

interface DrawnLineProps {
  readonly line: Line;
  readonly index: number;
  readonly start: number;
  readonly columns: number;
  readonly stop: string | null;
  readonly placeOf: (id: string) => number | undefined;
  readonly count: number;
  readonly measure: (element: HTMLElement) => void;
  readonly children: (id: string) => JSX.Element;
}

function DrawnLine(props: DrawnLineProps): JSX.Element {
  let line!: HTMLDivElement;
  createEffect(() => {
    // It is measured by its index, which changes when lines come and go before it.
    line.dataset['index'] = String(props.index);
    props.measure(line);
  });
  return (
    <div
      class="virtual-list-line"
      ref={line}
      role="presentation"
      data-first={props.line.first ? '' : undefined}
      data-last={props.line.last ? '' : undefined}
      data-heading={props.line.heading === null ? undefined : ''}
      style={{ transform: `translateY(${props.start}px)`, '--columns': String(props.columns) }}
    >
      <Show when={props.line.heading}>{(heading) => <HeadingText text={heading()} />}</Show>
      <For each={props.line.ids}>
        {(id) => (
          <div
            class="virtual-list-item"
            role="listitem"
            data-id={id}
            aria-posinset={props.placeOf(id)}
            aria-setsize={props.count}
          >
            <TabStop.Provider value={() => props.stop === id}>{props.children(id)}</TabStop.Provider>
          </div>
        )}
      </For>
    </div>
  );
}

/** The arrow keys belong to whoever writes, or chooses. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=checkbox]), textarea, select') !== null;
}

/** For the eye alone: a list holds nothing but its things, and each says itself what it is. */
function HeadingText(props: { readonly text: string }): JSX.Element {
  return (
    <p class="virtual-list-heading" aria-hidden="true">
      {props.text}
    </p>
  );
}

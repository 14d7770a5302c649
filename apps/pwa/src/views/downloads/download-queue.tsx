import type { Download } from '@impetus/contracts/downloads';
import GripVertical from 'lucide-solid/icons/grip-vertical';
import { createEffect, createMemo, createSignal, For, on, Show, type JSX } from 'solid-js';
import { keepFocus } from '../../lib/keep-focus.ts';
import { awayReason } from '../../state/actions.ts';
import { announce } from '../../state/announcer.ts';
import { moveDownload } from '../../state/downloads/download-actions.ts';
import { downloadName } from '../../state/downloads/download-view.ts';
import { beforeAt, moved, peersOf, placeOf } from '../../state/downloads/queue-order.ts';
import { may } from '../../state/rights.ts';
import { showToast } from '../../state/toasts.ts';
import { DownloadRow } from './download-row.tsx';

/** The downloads in the order in which they run; a row is dragged by its handle, or moved by its arrow keys. */
export function DownloadQueue(props: { readonly queue: readonly Download[] }): JSX.Element {
  let list!: HTMLUListElement;
  /** The order as it was dropped, until the agent has it too, or says that it has another. */
  const [dropped, setDropped] = createSignal<{ readonly id: string; readonly before: string | null } | null>(
    null,
  );
  const [dragged, setDragged] = createSignal<string | null>(null);
  const [target, setTarget] = createSignal<string | null | undefined>(undefined);
  const shown = createMemo(() => {
    const drop = dropped();
    return drop === null ? props.queue : moved(props.queue, drop.id, drop.before);
  });
  keepFocus(() => list, shown);
  /** Moves that the agent has not answered yet: what it tells meanwhile is older than the last of them. */
  let unanswered = 0;
  const settle = (): void => {
    const drop = dropped();
    if (drop !== null && idsOf(moved(props.queue, drop.id, drop.before)) === idsOf(props.queue))
      setDropped(null);
  };
  createEffect(
    on(
      () => idsOf(props.queue),
      () => (unanswered === 0 ? setDropped(null) : settle()),
      { defer: true },
    ),
  );

  const moveBefore = async (id: string, before: string | null | undefined): Promise<void> => {
    if (before === undefined) return;
    const reason = awayReason();
    if (reason !== null) {
      showToast(reason);
      return;
    }
    setDropped({ id, before });
    unanswered += 1;
    const isMoved = await moveDownload(id, before);
    unanswered -= 1;
    if (isMoved) settle();
    else setDropped(null);
  };
  const step = (download: Download, by: 1 | -1): void => {
    const { id } = download;
    const place = placeOf(shown(), id) + by;
    const before = beforeAt(shown(), id, place);
    void moveBefore(id, before);
    if (before !== undefined) {
      announce(`${downloadName(download)} is ${place + 1} of ${peersOf(shown(), id).length}.`);
    }
  };
  /** The place under the pointer, among those with the same priority. */
  const placeAt = (y: number, id: string): number => {
    const peers = new Set(peersOf(shown(), id).map((peer) => peer.id));
    const rows = [...list.querySelectorAll<HTMLElement>('li[data-id]')].filter(
      (row) => peers.has(row.dataset['id'] ?? '') && row.dataset['id'] !== id,
    );
    return rows.filter((row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2 < y;
    }).length;
  };
  const drag = (event: PointerEvent, id: string): void => {
    if (event.button !== 0) return;
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    setDragged(id);
    const follow = (move: PointerEvent): void => {
      setTarget(beforeAt(shown(), id, placeAt(move.clientY, id)));
    };
    const end = (last: Event): void => {
      handle.removeEventListener('pointermove', follow);
      handle.removeEventListener('pointerup', end);
      handle.removeEventListener('pointercancel', end);
      const before = target();
      setDragged(null);
      setTarget(undefined);
      if (last.type === 'pointerup') void moveBefore(id, before);
    };
    handle.addEventListener('pointermove', follow);
    handle.addEventListener('pointerup', end);
    handle.addEventListener('pointercancel', end);
  };
  const lastPeer = (): string | undefined => {
    const id = dragged();
    return id === null ? undefined : peersOf(shown(), id).findLast((peer) => peer.id !== id)?.id;
  };
  return (
    <ul ref={list} class="download-queue" data-dragging={dragged() === null ? undefined : ''}>
      <For each={shown()}>
        {(download) => (
          <li
            data-id={download.id}
            data-dragged={dragged() === download.id ? '' : undefined}
            data-drop={
              target() === download.id
                ? 'before'
                : target() === null && lastPeer() === download.id
                  ? 'after'
                  : undefined
            }
          >
            <Show
              when={may('download') && peersOf(shown(), download.id).length > 1}
              fallback={<DownloadRow download={download} />}
            >
              <DownloadRow
                download={download}
                onStep={(by) => step(download, by)}
                handle={
                  <button
                    type="button"
                    class="download-handle"
                    aria-label={`Move ${downloadName(download)}: arrow keys`}
                    title="Drag to change the order, or use the arrow keys"
                    onPointerDown={(event) => drag(event, download.id)}
                    onKeyDown={(event) => {
                      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
                      event.preventDefault();
                      step(download, event.key === 'ArrowUp' ? -1 : 1);
                    }}
                  >
                    <GripVertical />
                  </button>
                }
              />
            </Show>
          </li>
        )}
      </For>
    </ul>
  );
}

function idsOf(queue: readonly Download[]): string {
  return queue.map(({ id }) => id).join();
}

import { batch, createEffect, createSignal, onCleanup, type Accessor } from 'solid-js';

/** A finger or a pointer that has not moved for this long is no longer about to touch anything. */
const restMs = 1_000;
/** The top of a list is still its top when it was moved by so little. */
const topPx = 4;

/** What keeps a list still. */
export interface Hold {
  /** Whether somebody has scrolled into the list or points at it, so that nothing in it may move. */
  readonly isHeld: Accessor<boolean>;
  /** Goes back to the top and lets it move. */
  release(): void;
}

export function useHold(list: Accessor<HTMLElement | undefined>): Hold {
  const [isScrolled, setScrolled] = createSignal(false);
  const [isTouched, setTouched] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const touch = (): void => {
    setTouched(true);
    clearTimeout(timer);
    timer = setTimeout(() => setTouched(false), restMs);
  };
  createEffect(() => {
    const element = list();
    if (element === undefined) return;
    const ends = new AbortController();
    const options = { passive: true, signal: ends.signal };
    element.addEventListener('scroll', () => setScrolled(element.scrollTop > topPx), options);
    for (const event of ['pointerdown', 'pointermove', 'touchmove'] as const) {
      element.addEventListener(event, touch, options);
    }
    onCleanup(() => {
      ends.abort();
      clearTimeout(timer);
    });
  });
  return {
    isHeld: () => isScrolled() || isTouched(),
    release: () => {
      list()?.scrollTo({ top: 0 });
      batch(() => {
        setScrolled(false);
        setTouched(false);
      });
    },
  };
}

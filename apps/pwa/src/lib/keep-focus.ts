import { createComputed, createEffect, on, type Accessor } from 'solid-js';

/**
 * Gives the focus back to what had it inside an element when its parts are put in another order: one that is moved in
 * the document loses it. `order` is what the parts are drawn from.
 */
export function keepFocus(inside: () => Element, order: Accessor<unknown>): void {
  let held: Element | null = null;
  // Before the parts are drawn …
  createComputed(
    on(
      order,
      () => {
        const { activeElement } = document;
        // Where they are drawn twice before the focus is given back, it is lost already the second time.
        if (inside().contains(activeElement)) held = activeElement;
      },
      { defer: true },
    ),
  );
  // … and after.
  createEffect(
    on(
      order,
      () => {
        if (held instanceof HTMLElement && held !== document.activeElement)
          held.focus({ preventScroll: true });
        held = null;
      },
      { defer: true },
    ),
  );
}

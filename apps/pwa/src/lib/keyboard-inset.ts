import { hasTouchKeyboard } from './media.ts';

/** A difference smaller than this is a browser's toolbar, not a keyboard. */
const smallestKeyboard = 140;

/**
 * Tells the style sheets when a keyboard covers part of the page: `--page-height` is what is left to see,
 * and `data-keyboard` on the root lets the bars make room. iOS resizes only the visual viewport.
 */
export function followKeyboard(): void {
  const viewport = window.visualViewport;
  if (viewport === null) return;
  const root = document.documentElement;
  let tallest = viewport.height;
  let width = viewport.width;
  const update = (): void => {
    if (viewport.width !== width) {
      width = viewport.width;
      tallest = 0;
    }
    tallest = Math.max(tallest, viewport.height);
    // Zooming in and making a window smaller shrink the viewport as well, and are no keyboards.
    const open = hasTouchKeyboard() && viewport.scale < 1.05 && tallest - viewport.height > smallestKeyboard;
    root.toggleAttribute('data-keyboard', open);
    if (open) root.style.setProperty('--page-height', `${viewport.height}px`);
    else root.style.removeProperty('--page-height');
    if (open) window.scrollTo(0, 0);
  };
  viewport.addEventListener('resize', update);
}

/** No fields to write in: a phone would open its keyboard. */
const controls =
  'a[href], button, summary, input:is([type=checkbox], [type=radio], [type=range]), [tabindex="0"]';

/**
 * Hands the focus on within `root` when what had the focus is taken off the page: a row that ended, a
 * button that did its one thing. What stands in its place now gets the focus, else what stands beside it.
 * Returns how to stop.
 */
export function handOnFocus(root: HTMLElement): () => void {
  let held: { readonly element: Element; readonly path: string } | null = null;
  const hold = ({ target }: FocusEvent): void => {
    held = target instanceof Element && target !== root ? { element: target, path: location.pathname } : null;
  };
  const observer = new MutationObserver((records) => {
    if (held === null || held.element.isConnected) return;
    const { element, path } = held;
    held = null;
    // By the next frame whoever took it away has put the focus elsewhere, or has led to another page.
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body || path !== location.pathname) return;
      const next = standsNow(root, element, records);
      (next ?? root).focus({ preventScroll: next === undefined });
    });
  });
  root.addEventListener('focusin', hold);
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    root.removeEventListener('focusin', hold);
    observer.disconnect();
  };
}

/** The next control among what stood beside that which went, else the one before it, else the next on the page. */
function standsNow(
  root: HTMLElement,
  element: Element,
  records: readonly MutationRecord[],
): HTMLElement | undefined {
  let gone: Node = element;
  let place: MutationRecord | undefined;
  // A row may go first, and the list that it was the last of after it.
  for (const record of records) {
    if (![...record.removedNodes].some((node) => node.contains(gone))) continue;
    place = record;
    gone = record.target;
  }
  if (place === undefined || !root.contains(place.target)) return undefined;
  const { target, previousSibling } = place;
  const before = previousSibling?.parentNode === target ? previousSibling : null;
  const isBehind = (control: Element): boolean =>
    before === null ? follows(target, control) : follows(before, control) && !before.contains(control);
  const all = [...root.querySelectorAll<HTMLElement>(controls)].filter((control) =>
    control.checkVisibility(),
  );
  const beside = elementAt(before);
  return (
    all.find((control) => target.contains(control) && isBehind(control)) ??
    all.find((control) => beside?.contains(control) === true && control.tabIndex >= 0) ??
    all.find(isBehind)
  );
}

/** What stands within a node follows it. */
function follows(node: Node, control: Element): boolean {
  return (node.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

function elementAt(node: Node | null): Element | null {
  return node === null || node instanceof Element ? node : elementAt(node.previousSibling);
}

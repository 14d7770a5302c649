/** The arrow keys go from row to row: to the next of the elements inside that match. */
export function moveBetween(
  event: KeyboardEvent & { readonly currentTarget: HTMLElement },
  selector: string,
): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const present = rows.findIndex((row) => row === document.activeElement);
  const next = rows[present + step];
  if (present === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

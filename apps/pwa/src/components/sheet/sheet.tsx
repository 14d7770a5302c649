import './sheet.css';
import { Dialog } from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import { Show, type JSX } from 'solid-js';

export interface SheetProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** One sentence under the title. */
  readonly description?: string;
  /** Buttons at the foot, the one that goes on last. */
  readonly actions?: JSX.Element;
  readonly children?: JSX.Element;
}

/** A dialog: from below on a phone, in the middle of a larger screen. */
export function Sheet(props: SheetProps): JSX.Element {
  let panel!: HTMLElement;
  const opener = document.activeElement;
  /** Back to what opened the sheet, unless the focus has gone elsewhere by then. */
  const focusOpener = (event: Event): void => {
    if (!event.defaultPrevented && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
  };
  /** The field that wants to be filled, else the sheet itself, so that its title is read first. */
  const focusInside = (event: Event): void => {
    event.preventDefault();
    (panel.querySelector<HTMLElement>('[autofocus]') ?? panel).focus({ preventScroll: true });
  };
  return (
    <Dialog open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class="sheet-scrim" />
        <div class="sheet-place">
          <Dialog.Content
            class="sheet"
            ref={panel}
            onOpenAutoFocus={focusInside}
            onCloseAutoFocus={focusOpener}
          >
            <header class="sheet-head">
              <Dialog.Title class="sheet-title">{props.title}</Dialog.Title>
              <Dialog.CloseButton class="icon-button" aria-label="Close" title="Close">
                <X />
              </Dialog.CloseButton>
            </header>
            <div class="sheet-body">
              <Show when={props.description}>
                <Dialog.Description class="sheet-description">{props.description}</Dialog.Description>
              </Show>
              {props.children}
            </div>
            <Show when={props.actions}>
              <footer class="sheet-actions">{props.actions}</footer>
            </Show>
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  );
}

import type { JSX } from 'solid-js';
import { Qr } from '../../components/qr/qr.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';

/** An address for a camera. */
export default function QrSheet(props: { readonly url: string; readonly onClose: () => void }): JSX.Element {
  return (
    <Sheet
      open
      onClose={props.onClose}
      title="Open it on another device"
      description="It has to be in the same network, and has to trust this Mac: a device that is new is added under Devices."
    >
      <div class="trust-qr">
        <Qr text={props.url} label={`QR code of ${props.url}`} />
        <p class="mono">{props.url}</p>
      </div>
    </Sheet>
  );
}

import './qr.css';
import { createMemo, type JSX } from 'solid-js';
import { encode } from 'uqr';
import { qrPath } from './qr-path.ts';

export interface QrProps {
  readonly text: string;
  /** What it leads to, for those who cannot see it. */
  readonly label: string;
}

/** Cameras want this much empty room around a code, in modules. */
const quietZone = 4;

/** A QR code, dark on light in the dark theme too: many cameras do not read it the other way round. */
export function Qr(props: QrProps): JSX.Element {
  const code = createMemo(() => encode(props.text, { ecc: 'M', border: quietZone }));
  return (
    <svg class="qr" role="img" aria-label={props.label} viewBox={`0 0 ${code().size} ${code().size}`}>
      <path d={qrPath(code().data)} />
    </svg>
  );
}

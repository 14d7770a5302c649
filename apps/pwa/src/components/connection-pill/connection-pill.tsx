import './connection-pill.css';
import type { JSX } from 'solid-js';
import { StateMark, type StateKind } from '../state-mark/state-mark.tsx';

export interface ConnectionPillProps {
  readonly name: string;
  readonly kind: StateKind;
  /** connected, reconnecting, away since 09:41 */
  readonly words: string;
  readonly onOpen: () => void;
}

/** The Mac's name and how this device stands to it. */
export function ConnectionPill(props: ConnectionPillProps): JSX.Element {
  return (
    <button type="button" class="connection-pill" aria-haspopup="dialog" onClick={() => props.onOpen()}>
      <StateMark kind={props.kind} />
      <span class="visually-hidden">Connection:</span>
      <span class="connection-pill-name truncate">{props.name}</span>
      <span class="connection-pill-words truncate">{props.words}</span>
    </button>
  );
}

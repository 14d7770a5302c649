import type { PairingState } from '@impetus/contracts/pairing';

/** Whether nothing more will happen. The contract's own function comes with schemas that the page has no use for. */
export function hasEnded(state: PairingState): boolean {
  return !['open', 'joining', 'asking', 'approved'].includes(state);
}

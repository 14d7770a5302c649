import type { PairingState } from '@impetus/contracts/pairing';
import type { StateKind } from './state-kind.ts';

/** How an invitation stands, for the screen that made it. */
export interface InvitationWords {
  readonly kind: StateKind;
  readonly words: string;
}

/** The state of an invitation as the inviting screen says it. */
export function invitationWords(state: PairingState, name: string): InvitationWords {
  switch (state) {
    case 'open':
      return { kind: 'waiting', words: `Waiting for ${name}` };
    case 'joining':
      return { kind: 'working', words: `${name} is joining` };
    case 'asking':
      return { kind: 'waiting', words: 'Compare the six digits' };
    case 'approved':
      return { kind: 'working', words: `Approved, ${name} is coming in` };
    case 'joined':
      return { kind: 'done', words: `${name} is in` };
    default:
      return { kind: 'cancelled', words: endWords[state] };
  }
}

type Ending = Exclude<PairingState, 'open' | 'joining' | 'asking' | 'approved' | 'joined'>;

const endWords: Readonly<Record<Ending, string>> = {
  denied: 'Denied: nothing was let in',
  cancelled: 'Cancelled: the code is no longer good',
  expired: 'The time is over: the code is no longer good',
  closed: 'Closed after five wrong codes: somebody may be guessing',
};

/** What the device that wants in is told when it comes to nothing. */
export const askerEndings: Readonly<Record<Ending, { readonly what: string; readonly remedy: string }>> = {
  denied: {
    what: 'You were not let in.',
    remedy:
      'Somebody pressed Deny, perhaps because the digits differed. Ask them, and begin again with a new code.',
  },
  cancelled: {
    what: 'The invitation was taken back.',
    remedy: 'Ask for a new code on the screen that shows it.',
  },
  expired: {
    what: 'The code is no longer good.',
    remedy: 'It holds for two minutes. Press New code on the screen that shows it.',
  },
  closed: {
    what: 'The code was closed.',
    remedy: 'Five wrong codes were tried. Press New code on the screen that shows it.',
  },
};

/** A hash as people compare it: in pairs, upper case. */
export function fingerprintWords(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(' ');
}

/** What is left of two minutes: 1:09. */
export function timeLeft(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

import type { MdnsStatus, TrustMode, TrustOrigin } from '@impetus/contracts/trust';
import type { StateKind } from './state-kind.ts';

/** Whose certificate devices see, and what that means for them. */
export const modeWords: Readonly<Record<TrustMode, { readonly title: string; readonly text: string }>> = {
  own: {
    title: 'Own authority',
    text: 'IMPETUS made a certificate authority on this Mac. Each device trusts it once, and needs no account and no internet for it.',
  },
  files: {
    title: 'Your own files',
    text: 'The certificate comes from files on the Mac, and is taken up anew whenever they change.',
  },
  acme: {
    title: 'ACME',
    text: 'The certificate comes from a public authority for a domain of yours. Devices trust it without doing anything.',
  },
  off: {
    title: 'Off',
    text: 'Other devices cannot come in: the https listener is not open.',
  },
};

/** How an address stands, after the agent has dialled it itself. */
export function originWords({ reachable, checkedAt }: Pick<TrustOrigin, 'reachable' | 'checkedAt'>): {
  readonly kind: StateKind;
  readonly words: string;
} {
  if (checkedAt === null) return { kind: 'working', words: 'Being tried' };
  return reachable ? { kind: 'running', words: 'Answers' } : { kind: 'failed', words: 'Does not answer' };
}

export const mdnsKinds: Readonly<Record<MdnsStatus['state'], StateKind>> = {
  advertised: 'running',
  blocked: 'failed',
  conflict: 'failed',
  off: 'away',
};

/** Days until something ends, as a warning where they are few; null where there is time. */
export function endsSoon(notAfter: string, now: number): string | null {
  const days = Math.floor((Date.parse(notAfter) - now) / 86_400_000);
  if (days >= 21) return null;
  if (days < 0) return 'It has ended: devices refuse it.';
  return `It ends in ${days} ${days === 1 ? 'day' : 'days'}.`;
}

/** What is known of a server's authority when a command signs in there. Fingerprints are lower-case hex. */
export interface TrustFacts {
  /** From an earlier sign-in. */
  readonly known: string | null;
  /** What the server shows now; null where the system trusts its certificate anyway. */
  readonly offered: string | null;
  /** What was named on the command line. */
  readonly pinned: string | null;
}

export type TrustDecision =
  /** The system's own authorities vouch for it. */
  | 'system'
  | 'trust'
  /** For a person to compare. */
  | 'ask'
  | 'changed'
  | 'differs';

/** Trust on first use: a person compares once, or names the fingerprint; after that nothing may change. */
export function decideTrust({ known, offered, pinned }: TrustFacts): TrustDecision {
  if (offered === null) return pinned === null ? 'system' : 'differs';
  if (pinned !== null) return pinned === offered ? 'trust' : 'differs';
  if (known !== null) return known === offered ? 'trust' : 'changed';
  return 'ask';
}

/** A fingerprint as people paste it, with colons, spaces or capitals; null where it is none. */
export function readFingerprint(text: string): string | null {
  const hex = text
    .toLowerCase()
    .replace(/^sha-?256[:=]/, '')
    .replaceAll(/[\s:]/g, '');
  return /^[0-9a-f]{64}$/.test(hex) ? hex : null;
}

/** In groups, as two people read it to each other. */
export function showFingerprint(fingerprint: string): string {
  const pairs = fingerprint.toUpperCase().match(/../g) ?? [];
  return pairs.join(':');
}

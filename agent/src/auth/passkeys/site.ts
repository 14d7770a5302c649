import type { PasskeyAvailability } from '@impetus/contracts';

/** The page that asks: passkeys belong to its name, and are answered at its origin alone. */
export interface Site {
  readonly origin: string;
  /** The name that passkeys are made for (rpID). */
  readonly name: string;
}

const isAddress = (hostname: string) => /^[\d.]+$/.test(hostname) || hostname.startsWith('[');

export function siteOf(origin: string): Site {
  return { origin, name: new URL(origin).hostname };
}

/** Passkeys need a name, https, and a certificate that the browser trusts; this computer needs no https. */
export function availability({ origin, name }: Site): PasskeyAvailability {
  if (name === 'localhost') return { available: true, reason: null };
  if (isAddress(name)) {
    return {
      available: false,
      reason: 'Passkeys belong to a name, and this page is open at an address. Open it by the agent’s name.',
    };
  }
  const secure = origin.startsWith('https://');
  return {
    available: secure,
    reason: secure ? null : 'Passkeys need https. Open the page by its https address.',
  };
}

import { ImpetusError } from '@impetus/contracts';
import type { Terminal } from '../terminal.ts';
import { askForAuthority, readAuthority, trustOnly } from './authority.ts';
import { knownAuthority, rememberAuthority, type KnownAuthority } from './known-servers.ts';
import { decideTrust, readFingerprint, showFingerprint } from './trust-decision.ts';

export interface TrustOptions {
  /** The file of the authority's certificate. */
  readonly ca?: string | undefined;
  /** The fingerprint that it has to have. */
  readonly fingerprint?: string | undefined;
}

/** Whether the system's own authorities vouch for a server. */
async function trustedBySystem(server: string): Promise<boolean> {
  try {
    await fetch(server, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    return true;
  } catch (error) {
    const { code = '' } = ((error as Error).cause ?? {}) as { code?: string };
    if (/CERT|SELF_SIGNED|LEAF_SIGNATURE|ISSUER/.test(code)) return false;
    throw new ImpetusError('not_found', `Nothing answers at ${server} (${code || 'no answer'}).`, {
      cause: error,
    });
  }
}

const differs = (server: string, fingerprint: string) =>
  new ImpetusError(
    'unauthorized',
    `The authority of ${server} is not the one that was named; its fingerprint is\n${showFingerprint(fingerprint)}\n` +
      'Somebody may be between this computer and the server. Nothing was sent.',
  );

const changed = (server: string, fingerprint: string) =>
  new ImpetusError(
    'unauthorized',
    `The authority of ${server} is another one than at the last sign-in; its fingerprint is now\n` +
      `${showFingerprint(fingerprint)}\nIf the agent's own page shows the same, say so with --fingerprint.`,
  );

async function compared(terminal: Terminal, server: string, fingerprint: string): Promise<void> {
  const shown = showFingerprint(fingerprint);
  terminal.note(
    `This computer has not seen ${server} before. Its authority has the SHA-256 fingerprint\n${shown}`,
  );
  const answer = await terminal.ask("Does the agent's own page show the same? [y/N] ");
  if (answer === null) {
    throw new ImpetusError(
      'unauthorized',
      `Nobody is here to compare the fingerprint. Name it: --fingerprint ${fingerprint}`,
    );
  }
  if (!/^y(es)?$/i.test(answer.trim())) {
    throw new ImpetusError('cancelled', 'Nothing was sent. The fingerprints have to be the same.');
  }
}

/** Settles whom to believe at an https server, and keeps it. Throws where nobody can vouch for it. */
export async function chooseTrust(
  terminal: Terminal,
  home: string,
  server: string,
  { ca, fingerprint }: TrustOptions,
): Promise<void> {
  const pinned = fingerprint === undefined ? null : readFingerprint(fingerprint);
  if (fingerprint !== undefined && pinned === null) {
    throw new ImpetusError('invalid_request', 'A fingerprint has 64 hexadecimal digits (SHA-256).');
  }
  const known = knownAuthority(home, server);
  const offered = await offeredBy(server, ca);
  const facts = { known: known?.fingerprint ?? null, offered: offered?.fingerprint ?? null, pinned };
  // Whoever names a file has compared it already.
  const decision = ca !== undefined && pinned === null ? 'trust' : decideTrust(facts);
  if (offered === null) {
    if (decision === 'system') return;
    throw new ImpetusError(
      'unauthorized',
      `${server} shows a certificate that no authority of its own has signed.`,
    );
  }
  if (decision === 'differs') throw differs(server, offered.fingerprint);
  if (decision === 'changed') throw changed(server, offered.fingerprint);
  if (decision === 'ask') await compared(terminal, server, offered.fingerprint);
  trustOnly(offered);
  rememberAuthority(home, server, offered);
}

async function offeredBy(server: string, ca: string | undefined): Promise<KnownAuthority | null> {
  if (ca !== undefined) return readAuthority(ca);
  return (await trustedBySystem(server)) ? null : askForAuthority(server);
}

import type { AskedPairing, PairingAsker, PairingView } from '@impetus/contracts';
import type { Asker, Invitation } from './machine.ts';

const iso = (ms: number) => new Date(ms).toISOString();

function toAsker(asker: Asker | null): PairingAsker | null {
  if (asker === null || asker.digits === null) return null;
  const { digits, address, userAgent, askedAt } = asker;
  return { digits, address, userAgent, askedAt: iso(askedAt) };
}

/** For those who may approve. */
export function toView(invitation: Invitation): PairingView {
  const { id, revision, state, name, kind, scopes, guestUntil, invitedBy, triesLeft, deviceId } = invitation;
  return {
    id,
    revision,
    state,
    name,
    kind,
    scopes,
    guestUntil,
    invitedBy,
    triesLeft,
    deviceId,
    expiresAt: iso(invitation.expiresAt),
    asker: toAsker(invitation.asker),
  };
}

/** For the device that asks: nothing of who else is there. */
export function toAsked(invitation: Invitation): AskedPairing {
  const { revision, state, name, scopes, guestUntil, expiresAt } = invitation;
  return { revision, state, name, scopes, guestUntil, expiresAt: iso(expiresAt) };
}

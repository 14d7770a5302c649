import type { DeviceKind, PairingState, Scope } from '@impetus/contracts';

/** How long a code is good, how long an approver may take from then on, and how long an approval waits to be used. */
export const codeMs = 120_000;
export const approvalMs = 120_000;
export const claimMs = 60_000;
export const forgivenTries = 5;

/** The one device that answers an invitation. */
export interface Asker {
  /** SHA-256 of the secret that only the asking page has. */
  readonly ticketHash: string;
  /** The code that it showed, which of the two it was decides the digits. */
  readonly code: string;
  readonly commitment: string;
  readonly agentNonce: string;
  readonly address: string;
  readonly userAgent: string;
  readonly askedAt: number;
  /** Six digits, once the nonce is revealed. */
  readonly digits: string | null;
}

export interface Invitation {
  readonly id: string;
  readonly revision: number;
  readonly state: PairingState;
  readonly name: string;
  readonly kind: DeviceKind;
  readonly scopes: readonly Scope[];
  readonly guestUntil: string | null;
  readonly invitedBy: string;
  readonly userId: string;
  /** When the present state ends by itself. */
  readonly expiresAt: number;
  readonly triesLeft: number;
  readonly asker: Asker | null;
  /** Who let it in, in words. */
  readonly approvedBy: string | null;
  readonly deviceId: string | null;
}

export type NewInvitation = Pick<
  Invitation,
  'id' | 'name' | 'kind' | 'scopes' | 'guestUntil' | 'invitedBy' | 'userId'
>;

export type PairingEvent =
  | { readonly type: 'time' }
  /** A code that is none was tried while this invitation was open. */
  | { readonly type: 'wrong-code' }
  | { readonly type: 'join'; readonly asker: Omit<Asker, 'askedAt' | 'digits'> }
  /** The nonce, already compared with the commitment; `digits` is what both nonces make. */
  | {
      readonly type: 'reveal';
      readonly ticketHash: string;
      readonly kept: boolean;
      readonly digits: string;
    }
  | { readonly type: 'approve'; readonly digits: string; readonly by: string }
  | { readonly type: 'deny' }
  | { readonly type: 'cancel' }
  /** The asking device leaves. */
  | { readonly type: 'leave'; readonly ticketHash: string }
  | { readonly type: 'claim'; readonly ticketHash: string }
  /** What became of a claim. */
  | { readonly type: 'admitted'; readonly deviceId: string }
  | { readonly type: 'failed' };

export type PairingRefusal =
  | 'ended'
  | 'used'
  | 'wrong-ticket'
  | 'too-early'
  | 'commitment-broken'
  | 'nobody-asks'
  | 'digits-differ'
  | 'already-approved';

export interface PairingStep {
  readonly next: Invitation;
  readonly refusal: PairingRefusal | null;
}

export function newInvitation(chosen: NewInvitation, now: number): Invitation {
  return {
    ...chosen,
    revision: 1,
    state: 'open',
    expiresAt: now + codeMs,
    triesLeft: forgivenTries,
    asker: null,
    approvedBy: null,
    deviceId: null,
  };
}

const living: ReadonlySet<PairingState> = new Set(['open', 'joining', 'asking', 'approved']);

/** Whether an invitation can still become a device. */
export const isLiving = ({ state }: Invitation): boolean => living.has(state);

const stay = (next: Invitation): PairingStep => ({ next, refusal: null });
const refuse = (next: Invitation, refusal: PairingRefusal): PairingStep => ({ next, refusal });

function change(invitation: Invitation, changes: Partial<Invitation>): Invitation {
  return { ...invitation, ...changes, revision: invitation.revision + 1 };
}

const go = (invitation: Invitation, changes: Partial<Invitation>) => stay(change(invitation, changes));

/** The only way that an invitation changes. What is refused changes nothing, but for a commitment that was broken. */
export function step(before: Invitation, event: PairingEvent, now: number): PairingStep {
  const overdue = isLiving(before) && now >= before.expiresAt;
  const invitation = overdue ? change(before, { state: 'expired' }) : before;
  if (event.type === 'time') return stay(invitation);
  if (event.type === 'admitted' || event.type === 'failed') return settle(invitation, event);
  return isLiving(invitation) ? advance(invitation, event, now) : refuse(invitation, 'ended');
}

type Settling = Extract<PairingEvent, { type: 'admitted' | 'failed' }>;
type Advancing = Exclude<PairingEvent, Settling | { type: 'time' }>;

/** The device of a claim was made, or could not be made. */
function settle(invitation: Invitation, event: Settling): PairingStep {
  if (invitation.state !== 'joined' || invitation.deviceId !== null) return refuse(invitation, 'ended');
  if (event.type === 'failed') return go(invitation, { state: 'closed' });
  return go(invitation, { deviceId: event.deviceId });
}

function advance(invitation: Invitation, event: Advancing, now: number): PairingStep {
  switch (event.type) {
    case 'wrong-code':
      return forgive(invitation);
    case 'join':
      if (invitation.state !== 'open') return refuse(invitation, 'used');
      return go(invitation, { state: 'joining', asker: { ...event.asker, askedAt: now, digits: null } });
    case 'approve':
      return approve(invitation, event, now);
    case 'deny':
      return go(invitation, { state: 'denied' });
    case 'cancel':
      return go(invitation, { state: 'cancelled' });
    default:
      return event.ticketHash === invitation.asker?.ticketHash
        ? byAsker(invitation, event, now)
        : refuse(invitation, 'wrong-ticket');
  }
}

/** Only a code that is still waiting for its device can be guessed. */
function forgive(invitation: Invitation): PairingStep {
  if (invitation.state !== 'open') return stay(invitation);
  const triesLeft = invitation.triesLeft - 1;
  return go(invitation, { triesLeft, ...(triesLeft === 0 && { state: 'closed' }) });
}

type Approval = Extract<Advancing, { type: 'approve' }>;

function approve(invitation: Invitation, { digits, by }: Approval, now: number): PairingStep {
  if (invitation.state === 'approved') return refuse(invitation, 'already-approved');
  if (invitation.state !== 'asking') return refuse(invitation, 'nobody-asks');
  if (invitation.asker?.digits !== digits) return refuse(invitation, 'digits-differ');
  return go(invitation, { state: 'approved', approvedBy: by, expiresAt: now + claimMs });
}

type ByAsker = Extract<Advancing, { ticketHash: string }>;

function byAsker(invitation: Invitation, event: ByAsker, now: number): PairingStep {
  if (event.type === 'leave') return go(invitation, { state: 'cancelled' });
  if (event.type === 'claim') {
    return invitation.state === 'approved'
      ? go(invitation, { state: 'joined' })
      : refuse(invitation, 'too-early');
  }
  if (invitation.state !== 'joining' || invitation.asker === null) return refuse(invitation, 'used');
  if (!event.kept) return refuse(change(invitation, { state: 'closed' }), 'commitment-broken');
  return go(invitation, {
    state: 'asking',
    expiresAt: now + approvalMs,
    asker: { ...invitation.asker, digits: event.digits },
  });
}

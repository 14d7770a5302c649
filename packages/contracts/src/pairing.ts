import { z } from 'zod';
import { deviceKindSchema, deviceNameSchema, type DeviceKind } from './devices.ts';
import { futureSchema, idInput, scopesSchema } from './identity.ts';
import type { Scope } from './scopes.ts';

export const beginPairingInput = z.object({
  name: deviceNameSchema,
  kind: deviceKindSchema.default('phone'),
  scopes: scopesSchema('device').prefault(['infer']),
  /** Until when a guest's device is let in; null for a device that stays. ISO 8601. */
  guestUntil: futureSchema.nullable().default(null),
});
export type BeginPairingInput = z.infer<typeof beginPairingInput>;

/** What the inviting screen shows; the only time that the codes are seen. Times are ISO 8601. */
export interface PairingInvitation {
  readonly id: string;
  /** For the QR code: https, with the one-time code and the authority's fingerprint behind the #. */
  readonly url: string;
  /** Eight digits, for typing into the installed app. */
  readonly code: string;
  /** Where a device that does not trust the authority yet gets its certificate; null where it cannot be opened. */
  readonly bootstrapUrl: string | null;
  /** SHA-256 of the authority's certificate in lower-case hex; null where there is no authority. */
  readonly fingerprint: string | null;
  readonly expiresAt: string;
}

/**
 * `open`: nobody has come yet. `joining`: a device showed the code and is about to ask. `asking`: both screens
 * show six digits. `approved`: the device may come in. `joined`: it has. All others are ends.
 */
export const pairingStates = [
  'open',
  'joining',
  'asking',
  'approved',
  'joined',
  'denied',
  'cancelled',
  'expired',
  'closed',
] as const;
export type PairingState = (typeof pairingStates)[number];

/** Whether nothing more will happen. */
export function pairingEnded(state: PairingState): boolean {
  return !['open', 'joining', 'asking', 'approved'].includes(state);
}

/** An invitation as those who may approve it see it. */
export interface PairingView {
  readonly id: string;
  /** Rises with each change. */
  readonly revision: number;
  readonly state: PairingState;
  readonly name: string;
  readonly kind: DeviceKind;
  readonly scopes: readonly Scope[];
  readonly guestUntil: string | null;
  readonly invitedBy: string;
  readonly expiresAt: string;
  /** Wrong codes that are still forgiven. */
  readonly triesLeft: number;
  /** Who asks, from `asking` on. */
  readonly asker: PairingAsker | null;
  /** The device that it became. */
  readonly deviceId: string | null;
}

export interface PairingAsker {
  /** Six digits, the same on both screens. */
  readonly digits: string;
  readonly address: string;
  readonly userAgent: string;
  readonly askedAt: string;
}

/** Names the digits that the approving screen showed, so that nothing else is approved. */
export const approvePairingInput = idInput.extend({
  digits: z.string().regex(/^\d{6}$/, 'The digits to compare are six.'),
});

/** Asks for the next state after the one that was seen; answers at once where there is one already. */
export const followPairingInput = idInput.extend({ seen: z.int().min(0).default(0) });

const hex = (bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`), `${bytes} bytes in lower-case hex were expected.`);

/** The code from the link or the eight digits; and a commitment to a nonce that is revealed later. */
export const joinPairingInput = z.object({
  code: z.string().trim().min(1, 'The code is missing.').max(64, 'That is not a pairing code.'),
  commitment: hex(32),
});

export interface JoinedPairing {
  /** The secret by which this device goes on. It stays in the page that asked. */
  readonly ticket: string;
  readonly agentNonce: string;
  readonly expiresAt: string;
}

export const pairingTicketInput = z.object({ ticket: z.string().min(1).max(128) });
export const revealPairingInput = pairingTicketInput.extend({ nonce: hex(16) });
export const awaitPairingInput = pairingTicketInput.extend({ seen: z.int().min(0).default(0) });

/** The pairing as the asking device sees it. */
export interface AskedPairing {
  readonly revision: number;
  readonly state: PairingState;
  /** What the device will be called, and may do. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly guestUntil: string | null;
  readonly expiresAt: string;
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const toHex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** A nonce to commit to: 16 random bytes in hex. */
export function newPairingNonce(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)).buffer);
}

/** What is sent instead of the nonce until the agent has sent its own. */
export async function pairingCommitment(nonce: string): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', utf8(`impetus-pairing-commitment:${nonce}`)));
}

/**
 * The six digits that both screens show. Each side computes them by itself; because the device committed to its
 * nonce before it saw the agent's, neither can choose them.
 */
export async function pairingDigits(code: string, deviceNonce: string, agentNonce: string): Promise<string> {
  const hash = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', utf8(pairingCode(code)), hash, false, ['sign']);
  const mac = await crypto.subtle.sign(
    'HMAC',
    key,
    utf8(`impetus-pairing-digits:${deviceNonce}:${agentNonce}`),
  );
  const number = new DataView(mac).getBigUint64(0) % 1_000_000n;
  return number.toString().padStart(6, '0');
}

/** A code as it is compared: what people put between digits is left out. */
export function pairingCode(text: string): string {
  const bare = text.replaceAll(/[\s-]/g, '');
  return /^\d{8}$/.test(bare) ? bare : text.trim();
}

/** What the link of an invitation carries behind its #, which never travels to any server. */
export interface JoinFragment {
  readonly code: string;
  /** SHA-256 of the authority's certificate in lower-case hex; null where there is none. */
  readonly fingerprint: string | null;
}

export function formatJoinUrl(origin: string, { code, fingerprint }: JoinFragment): string {
  return `${origin}/join#c=${code}${fingerprint === null ? '' : `&f=${fingerprint}`}`;
}

/** The parts of `location.hash`; null where it is not that of an invitation. */
export function parseJoinFragment(hash: string): JoinFragment | null {
  const [, code, fingerprint = null] = /^#?c=([A-Za-z0-9_-]{22})(?:&f=([0-9a-f]{64}))?$/.exec(hash) ?? [];
  return code === undefined ? null : { code, fingerprint };
}

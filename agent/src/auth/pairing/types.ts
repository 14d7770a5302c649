import type {
  AskedPairing,
  BeginPairingInput,
  DeviceInfo,
  JoinedPairing,
  PairingInvitation,
  PairingView,
} from '@impetus/contracts';
import type { BegunSession, Principal } from '../types.ts';

/** Where a request of somebody who was not let in comes from. */
export interface Asking {
  readonly address: string;
  readonly userAgent: string;
}

/** What the asking device becomes; the session is for its cookie and nothing else. */
export interface ClaimedPairing {
  readonly device: DeviceInfo;
  readonly session: BegunSession;
}

/** Adding devices: a code that is shown, six digits that are compared, an approval, a session. */
export interface Pairing {
  /** Throws `conflict` while the agent has no owner. */
  begin(input: BeginPairingInput, by: Principal): Promise<PairingInvitation>;
  /** Those that go on, and those that ended a short while ago; newest first. */
  list(): readonly PairingView[];
  /** The list now, and again whenever it changes. */
  watch(signal: AbortSignal): AsyncIterable<readonly PairingView[]>;
  /** The invitation as soon as it is not the one that was seen; after a while as it is. */
  follow(input: { readonly id: string; readonly seen: number }, signal: AbortSignal): Promise<PairingView>;
  /** Of two at once, one; the other throws `conflict`. */
  approve(input: { readonly id: string; readonly digits: string }, by: Principal): PairingView;
  deny(id: string): PairingView;
  cancel(id: string): PairingView;

  /** The asking device shows its code. Throws `forbidden` for one that is none, `rate_limited` after many. */
  join(input: { readonly code: string; readonly commitment: string }, from: Asking): JoinedPairing;
  reveal(input: { readonly ticket: string; readonly nonce: string }): Promise<AskedPairing>;
  await(
    input: { readonly ticket: string; readonly seen: number },
    signal: AbortSignal,
  ): Promise<AskedPairing>;
  leave(ticket: string): void;
  /** Makes the device and its session, once, for whoever has the ticket of an approved pairing. */
  claim(ticket: string, from: Asking): Promise<ClaimedPairing>;
}

import { createHash, randomBytes } from 'node:crypto';
import {
  formatJoinUrl,
  ImpetusError,
  pairingCode,
  pairingCommitment,
  pairingDigits,
  type AuthorityCertificate,
  type BootstrapStatus,
} from '@impetus/contracts';
import { Tries } from '../tries.ts';
import type { Devices, Principal, Sessions } from '../types.ts';
import { PairingBoard } from './board.ts';
import { hashCodes, isGuessable, newCodes } from './codes.ts';
import { isLiving, newInvitation, type Invitation } from './machine.ts';
import { pairingError, tooManyTries, wrongCode } from './refusals.ts';
import type { Pairing } from './types.ts';
import { toAsked, toView } from './views.ts';

/** How long a question that waits for a change is held; shorter than what networks cut off. */
const holdMs = 20_000;
const openAtOnce = 8;

/** Wrong codes that can be guessed, from everywhere together; and any codes from one address. */
const guessLimit = { burst: 10, refillMs: 10_000 };
const addressLimit = { burst: 20, refillMs: 3_000 };

export interface PairingOptions {
  readonly devices: Pick<Devices, 'create'>;
  readonly sessions: Pick<Sessions, 'begin'>;
  /** The user on whose behalf a principal adds devices. Throws where there is none. */
  readonly userOf: (principal: Principal) => string;
  readonly trust: {
    origins(): readonly string[];
    authority(): Pick<AuthorityCertificate, 'fingerprint'> | null;
    openBootstrap(): Promise<BootstrapStatus>;
  };
  /** The agent's own page on this computer, where no https origin is in reach. */
  readonly loopbackOrigin: () => string;
  readonly now?: () => number;
}

const hashTicket = (ticket: string) => createHash('sha256').update(ticket).digest('hex');
const held = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(holdMs)]);

/** Pairing as DESIGN's flow has it: code, approval, device, session. Nothing of it is on the disk before the device. */
export function createPairing(options: PairingOptions): Pairing & Disposable {
  const { devices, sessions, trust, now = Date.now } = options;
  const board = new PairingBoard(now);
  const guesses = new Tries(guessLimit, now);
  const addresses = new Tries(addressLimit, now);

  function known(id: string): Invitation {
    const invitation = board.find(id);
    if (invitation !== undefined) return invitation;
    throw new ImpetusError('not_found', 'There is no such invitation any more.', { param: 'id' });
  }

  function askedWith(ticket: string): { readonly invitation: Invitation; readonly ticketHash: string } {
    const ticketHash = hashTicket(ticket);
    const invitation = board.list().find(({ asker }) => asker?.ticketHash === ticketHash);
    if (invitation === undefined) throw pairingError('ended');
    return { invitation, ticketHash };
  }

  function refuseWhileTooMany(code: string, address: string): void {
    const waitMs = Math.max(addresses.waitMs(address), isGuessable(code) ? guesses.waitMs('everywhere') : 0);
    if (waitMs > 0) throw tooManyTries(waitMs);
  }

  /** Counts against everyone who might be meant: a guess names no invitation. */
  function countWrong(code: string, address: string): void {
    addresses.count(address);
    if (isGuessable(code)) guesses.count('everywhere');
    for (const { id, state } of board.list()) if (state === 'open') board.apply(id, { type: 'wrong-code' });
  }

  async function next(id: string, seen: number, signal: AbortSignal): Promise<Invitation> {
    const until = held(signal);
    while (!until.aborted && known(id).revision <= seen) await board.changed(until);
    return known(id);
  }

  return {
    async begin(input, by) {
      const userId = options.userOf(by);
      if (board.list().filter(isLiving).length >= openAtOnce) {
        throw new ImpetusError(
          'conflict',
          `${openAtOnce} devices are being added already. Finish or cancel one of them first.`,
        );
      }
      const codes = newCodes();
      const bootstrap = await trust.openBootstrap().catch(() => null);
      const id = randomBytes(9).toString('base64url');
      const invitation = newInvitation({ ...input, id, invitedBy: by.name, userId }, now());
      board.post(invitation, hashCodes(codes));
      const fingerprint = trust.authority()?.fingerprint ?? null;
      const origin = trust.origins()[0] ?? options.loopbackOrigin();
      return {
        id,
        url: formatJoinUrl(origin, { code: codes.link, fingerprint }),
        code: codes.digits,
        bootstrapUrl: bootstrap?.urls[0] ?? null,
        fingerprint,
        expiresAt: toView(invitation).expiresAt,
      };
    },

    list: () => board.list().map(toView),

    async *watch(signal) {
      while (!signal.aborted) {
        const changed = board.changed(signal);
        yield board.list().map(toView);
        await changed;
      }
    },

    follow: async ({ id, seen }, signal) => toView(await next(id, seen, signal)),

    approve: ({ id, digits }, by) =>
      toView(board.apply(known(id).id, { type: 'approve', digits, by: by.name })),
    deny: (id) => toView(board.apply(known(id).id, { type: 'deny' })),
    cancel: (id) => toView(board.apply(known(id).id, { type: 'cancel' })),

    join({ code: typed, commitment }, { address, userAgent }) {
      const code = pairingCode(typed);
      refuseWhileTooMany(code, address);
      const invitation = board.opened(code);
      if (invitation === undefined) {
        countWrong(code, address);
        throw wrongCode();
      }
      const ticket = randomBytes(32).toString('base64url');
      const ticketHash = hashTicket(ticket);
      const agentNonce = randomBytes(16).toString('hex');
      const asker = { ticketHash, code, commitment, agentNonce, address, userAgent };
      // A second device with a good code is no guess, but it is not to go on for ever either.
      if (invitation.state !== 'open') addresses.count(address);
      const joined = board.apply(invitation.id, { type: 'join', asker });
      return { ticket, agentNonce, expiresAt: toView(joined).expiresAt };
    },

    async reveal({ ticket, nonce }) {
      const { invitation, ticketHash } = askedWith(ticket);
      const { id, asker } = invitation;
      if (asker === null) throw pairingError('ended');
      const kept = (await pairingCommitment(nonce)) === asker.commitment;
      const digits = await pairingDigits(asker.code, nonce, asker.agentNonce);
      return toAsked(board.apply(id, { type: 'reveal', ticketHash, kept, digits }));
    },

    await: async ({ ticket, seen }, signal) =>
      toAsked(await next(askedWith(ticket).invitation.id, seen, signal)),

    leave(ticket) {
      const { invitation, ticketHash } = askedWith(ticket);
      board.apply(invitation.id, { type: 'leave', ticketHash });
    },

    async claim(ticket, { address, userAgent }) {
      const { invitation, ticketHash } = askedWith(ticket);
      const { id, name, kind, scopes, userId, guestUntil, approvedBy } = board.apply(invitation.id, {
        type: 'claim',
        ticketHash,
      });
      try {
        const device = await devices.create({
          name,
          kind,
          scopes,
          userId,
          createdBy: approvedBy ?? invitation.invitedBy,
          address,
          expiresAt: guestUntil,
        });
        const session = await sessions.begin({ userId, deviceId: device.id, address, userAgent });
        board.apply(id, { type: 'admitted', deviceId: device.id });
        return { device, session };
      } catch (error) {
        board.apply(id, { type: 'failed' });
        throw error;
      }
    },

    [Symbol.dispose]: () => board[Symbol.dispose](),
  };
}

import { ImpetusError, type AuthenticationResponse } from '@impetus/contracts';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { Tries } from '../tries.ts';
import type { Principal, Users } from '../types.ts';
import { Challenges } from './challenges.ts';
import { availability, type Site } from './site.ts';
import { toInfo, transportsOf, type PasskeyRow, type StoredPasskeys } from './stored-passkeys.ts';
import type { Passkeys } from './types.ts';

const passkeysAtMost = 20;

/** EdDSA, ES256 and RS256: every authenticator makes one of them. To ask Node what else it knows makes it print warnings. */
const algorithms = [-8, -7, -257];
const addressLimit = { burst: 10, refillMs: 6_000 };

export interface PasskeysOptions {
  readonly stored: StoredPasskeys;
  readonly users: Pick<Users, 'find'>;
  readonly now?: () => number;
}

// Loaded when the first passkey is used: its parsers of certificates would cost every start.
const webauthn = async () => {
  // What it reads certificates with wants this to be there before, and in the built agent it comes first.
  await import('reflect-metadata');
  return import('@simplewebauthn/server');
};

const clientData = z.object({ challenge: z.string(), crossOrigin: z.boolean().optional() });

/** What the browser says that it answered; it is believed only once the signature over it is checked. */
function challengeOf(clientDataJSON: string): string | null {
  try {
    const { challenge, crossOrigin } = clientData.parse(
      JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')),
    );
    return crossOrigin === true ? null : challenge;
  } catch {
    return null;
  }
}

const refused = (cause?: unknown) =>
  new ImpetusError(
    'unauthorized',
    'This passkey was not accepted. Try again, or sign in with your password.',
    { cause },
  );

/** Passkeys of the agent's users, made and used on a name that the browser trusts. */
export function createPasskeys({ stored, users, now = Date.now }: PasskeysOptions): Passkeys {
  const challenges = new Challenges(now);
  const tries = new Tries(addressLimit, now);
  const time = () => new Date(now()).toISOString();

  function person(by: Principal) {
    const user = by.kind === 'session' && by.userId !== null ? users.find(by.userId) : undefined;
    if (user !== undefined) return user;
    throw new ImpetusError('forbidden', 'Passkeys belong to people: sign in on the page first.');
  }

  function requireName(site: Site): void {
    const { available, reason } = availability(site);
    if (!available) throw new ImpetusError('conflict', reason ?? 'Passkeys do not work here.');
  }

  /** Everything that has to hold before somebody is let in. */
  async function verified(response: AuthenticationResponse, site: Site): Promise<PasskeyRow> {
    const challenge = challengeOf(response.response.clientDataJSON);
    // Taken before anything else is looked at: an answer that fails cannot be tried again.
    const fresh = challenge !== null && challenges.take(challenge, { userId: null, origin: site.origin });
    const row = await stored.find(response.id);
    if (!fresh || row === undefined || row.rp_id !== site.name) throw refused();
    const { userHandle } = response.response;
    if (userHandle !== undefined && userHandle !== Buffer.from(row.user_id).toString('base64url'))
      throw refused();
    const { verifyAuthenticationResponse } = await webauthn();
    const { verified: sound, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.name,
      credential: {
        id: row.id,
        publicKey: Uint8Array.from(row.public_key),
        counter: row.counter,
        transports: transportsOf(row),
      },
      requireUserVerification: true,
    });
    // A counter that goes back, which the check above refuses, tells of a copy.
    if (!sound || !(await stored.used(row, authenticationInfo.newCounter, time()))) throw refused();
    return row;
  }

  return {
    async registrationOptions(by, site) {
      const user = person(by);
      requireName(site);
      const existing = await stored.ofUser(user.id);
      const { generateRegistrationOptions } = await webauthn();
      return generateRegistrationOptions({
        rpName: 'Impetus',
        rpID: site.name,
        userID: new Uint8Array(Buffer.from(user.id)),
        userName: user.name,
        userDisplayName: user.name,
        challenge: new Uint8Array(
          Buffer.from(challenges.issue({ userId: user.id, origin: site.origin }), 'base64url'),
        ),
        attestationType: 'none',
        supportedAlgorithmIDs: algorithms,
        excludeCredentials: existing
          .filter((row) => row.rp_id === site.name)
          .map((row) => ({ id: row.id, transports: transportsOf(row) })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
    },

    async register({ name, response }, by, site) {
      const user = person(by);
      requireName(site);
      if ((await stored.ofUser(user.id)).length >= passkeysAtMost) {
        throw new ImpetusError('conflict', `You have ${passkeysAtMost} passkeys already. Remove one first.`);
      }
      const challenge = challengeOf(response.response.clientDataJSON);
      const expected = { userId: user.id, origin: site.origin };
      const notAccepted = (cause?: unknown) =>
        new ImpetusError('invalid_request', 'This passkey was not accepted. Begin again.', { cause });
      if (challenge === null || !challenges.take(challenge, expected)) throw notAccepted();
      const { verifyRegistrationResponse } = await webauthn();
      const { registrationInfo } = await verifyRegistrationResponse({
        response: response as RegistrationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: site.origin,
        expectedRPID: site.name,
        requireUserVerification: true,
        supportedAlgorithmIDs: algorithms,
      }).catch((error: unknown) => {
        throw notAccepted(error);
      });
      if (registrationInfo === undefined) throw notAccepted();
      const { credential, credentialBackedUp } = registrationInfo;
      if ((await stored.find(credential.id)) !== undefined) {
        throw new ImpetusError('conflict', 'This passkey is known here already.');
      }
      const row: PasskeyRow = {
        id: credential.id,
        user_id: user.id,
        rp_id: site.name,
        name,
        public_key: credential.publicKey,
        counter: credential.counter,
        transports: JSON.stringify(credential.transports ?? []),
        synced: credentialBackedUp ? 1 : 0,
        created_at: time(),
        last_used_at: null,
      };
      await stored.add(row);
      return toInfo(row);
    },

    async signInOptions(site) {
      requireName(site);
      const { generateAuthenticationOptions } = await webauthn();
      // No list of passkeys: it would tell which users there are.
      return generateAuthenticationOptions({
        rpID: site.name,
        challenge: new Uint8Array(
          Buffer.from(challenges.issue({ userId: null, origin: site.origin }), 'base64url'),
        ),
        userVerification: 'required',
      });
    },

    async signIn(response, site, address) {
      requireName(site);
      const waitMs = tries.waitMs(address);
      if (waitMs > 0) {
        const seconds = Math.ceil(waitMs / 1000);
        throw new ImpetusError('rate_limited', `Too many tries. Try again in ${seconds} seconds.`, {
          retryAfterSeconds: seconds,
        });
      }
      const row = await verified(response, site).catch((error: unknown) => {
        tries.count(address);
        throw error instanceof ImpetusError ? error : refused(error);
      });
      const user = users.find(row.user_id);
      if (user === undefined) throw refused();
      return user;
    },

    list: async (by) => (await stored.ofUser(person(by).id)).map(toInfo),

    async rename({ id, name }, by) {
      await stored.rename(person(by).id, id, name);
    },

    async remove(id, by) {
      await stored.remove(person(by).id, id);
    },
  };
}

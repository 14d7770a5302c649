import { ImpetusError } from '@impetus/contracts';
import type { Db } from '../db/connection.ts';
import type { EventBus } from '../events/bus.ts';
import type { Log } from '../log/types.ts';
import type { Identity } from './identity.ts';
import { createOAuth } from './oauth/oauth.ts';
import { StoredGrants } from './oauth/stored-grants.ts';
import type { OAuth } from './oauth/types.ts';
import { createPairing, type PairingOptions } from './pairing/pairing.ts';
import type { Pairing } from './pairing/types.ts';
import { createPasskeys } from './passkeys/passkeys.ts';
import { StoredPasskeys } from './passkeys/stored-passkeys.ts';
import type { Passkeys } from './passkeys/types.ts';
import type { Principal } from './types.ts';

export interface WaysInOptions extends Pick<PairingOptions, 'trust' | 'loopbackOrigin'> {
  readonly db: Db;
  readonly bus: EventBus;
  readonly log: Log;
  readonly identity: Identity;
  /** The file of the keys that sign access tokens. */
  readonly keysPath: string;
}

/** How devices, clients on other machines and people without a password come in. */
export interface WaysIn extends Disposable {
  readonly pairing: Pairing;
  readonly oauth: OAuth;
  readonly passkeys: Passkeys;
}

export async function openWaysIn(options: WaysInOptions): Promise<WaysIn> {
  const { db, bus, log, identity, keysPath, trust, loopbackOrigin } = options;
  const { audit, devices, sessions, users } = identity;

  /** What the command line lets in is the owner's. */
  function userOf({ userId }: Principal): string {
    const id = userId ?? users.owner()?.id;
    if (id !== undefined) return id;
    throw new ImpetusError(
      'conflict',
      'Finish the set-up first: there is no owner whose device it would be.',
    );
  }

  const grants = await StoredGrants.open(db, bus, Date.now);
  const pairing = createPairing({ devices, sessions, userOf, trust, loopbackOrigin });
  return {
    pairing,
    oauth: createOAuth({ grants, keysPath, users, audit, userOf, log }),
    passkeys: createPasskeys({ stored: new StoredPasskeys(db), users }),
    [Symbol.dispose]: () => pairing[Symbol.dispose](),
  };
}

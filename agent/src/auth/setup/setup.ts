import { timingSafeEqual } from 'node:crypto';
import { ImpetusError } from '@impetus/contracts';
import { hashSecret } from '../keys/key-format.ts';
import type { Throttle } from '../throttle/throttle.ts';
import type { Setup, Users } from '../types.ts';
import { bareSecret, readableSecret } from '../users/one-time.ts';

/** About 79 bits, new at every start. */
const codeGroups = 4;

export interface SetupOptions {
  readonly users: Pick<Users, 'owner' | 'createOwner'>;
  readonly throttle: Throttle;
}

/** The set-up: whoever can read the terminal that started the agent makes the owner's account, once. */
export function createSetup({ users, throttle }: SetupOptions): Setup {
  const code = readableSecret(codeGroups);
  const expected = hashSecret(bareSecret(code));
  const needed = () => users.owner() === undefined;
  return {
    needed,
    code: () => (needed() ? code : null),
    async finish({ code: presented, name, password, address }) {
      if (!needed()) throw new ImpetusError('conflict', 'This agent is set up already. Sign in instead.');
      const attempt = { address, account: 'set-up' };
      throttle.begin(attempt);
      if (!timingSafeEqual(hashSecret(bareSecret(presented)), expected)) {
        throw new ImpetusError(
          'forbidden',
          'This is not the set-up code. Copy the link that the agent printed when it was started last.',
          { param: 'code' },
        );
      }
      throttle.succeeded(attempt);
      return users.createOwner({ name, password });
    },
  };
}

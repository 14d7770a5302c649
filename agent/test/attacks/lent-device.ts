import { owner, signInAsOwner } from '@impetus/test-kit';
import type { Answer, Attack } from './attack.ts';
import type { Target } from './target.ts';

const group = 'Lent device';

interface Lent {
  readonly cookie: string;
  readonly id: string;
  /** A device of the owner's. */
  readonly other: string;
}

/** A browser that the owner let in and then left with inference alone. */
async function lend(target: Target): Promise<string> {
  const { cookie } = await signInAsOwner(target.agent.url, null);
  const [devices] = await target.adminBatch<[{ id: string }[]]>(['devices.list']);
  const id = devices[0]?.id ?? '';
  await target.admin('devices.update', { id, scopes: ['infer'] });
  return JSON.stringify({ cookie, id, other: devices.at(-1)?.id ?? '' } satisfies Lent);
}

const tries = (
  name: string,
  procedure: string,
  inputOf: (lent: Lent) => unknown,
  audited: string | null = procedure,
): Attack => ({
  group,
  name,
  prepare: lend,
  run: (target, prepared): Promise<Answer> => {
    const lent = JSON.parse(prepared) as Lent;
    return target.call(procedure, inputOf(lent), { ...target.signedIn(), cookie: lent.cookie });
  },
  status: 403,
  audited,
});

export const lentDevice: readonly Attack[] = [
  tries('gives itself more scopes', 'devices.update', ({ id }) => ({ id, scopes: ['admin'] })),
  tries('revokes another device of the owner', 'devices.revoke', ({ other }) => ({ id: other })),
  tries('makes a passkey for the owner’s account', 'passkeys.registrationOptions', () => ({}), null),
  tries('signs the owner out everywhere', 'session.signOutEverywhere', () => ({})),
  tries('changes the owner’s password, which it was told', 'session.changePassword', () => ({
    current: owner.password,
    next: 'mine from now on',
  })),
  tries('makes a key', 'keys.create', () => ({ name: 'Mine', scopes: ['infer'] })),
];

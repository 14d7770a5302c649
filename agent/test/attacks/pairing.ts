import {
  newPairingNonce,
  pairingCommitment,
  pairingDigits,
  pairingEnded,
  parseJoinFragment,
  type PairingState,
} from '@impetus/contracts';
import type { Answer, Attack } from './attack.ts';
import type { Target } from './target.ts';

const group = 'Pairing';
const noCommitment = '0'.repeat(64);

interface Invitation {
  readonly id: string;
  readonly url: string;
  readonly code: string;
}

/** A device that asks, with what its screen shows. */
interface Asking extends Invitation {
  readonly ticket: string;
  readonly digits: string;
}

const dataOf = ({ body }: Answer): unknown => (JSON.parse(body) as { result: { data: unknown } }).result.data;
const linkOf = ({ url }: Invitation) => parseJoinFragment(new URL(url).hash)?.code ?? '';
const join = (target: Target, code: string, commitment = noCommitment) =>
  target.call('pairing.join', { code, commitment });

/** A new invitation, in the place of those that the attacks before have left. */
async function invite(target: Target): Promise<Invitation> {
  const [views] = await target.adminBatch<[{ id: string; state: PairingState }[]]>(['pairing.list']);
  const left = views.filter(({ state }) => !pairingEnded(state));
  await Promise.all(left.map(({ id }) => target.admin('pairing.cancel', { id })));
  return target.admin<Invitation>('pairing.begin', { name: 'Attacked phone' });
}

async function ask(target: Target): Promise<Asking> {
  const invitation = await invite(target);
  const nonce = newPairingNonce();
  const joined = await join(target, invitation.code, await pairingCommitment(nonce));
  const { ticket, agentNonce } = dataOf(joined) as { ticket: string; agentNonce: string };
  await target.call('pairing.reveal', { ticket, nonce });
  return { ...invitation, ticket, digits: await pairingDigits(invitation.code, nonce, agentNonce) };
}

const asking = async (target: Target) => JSON.stringify(await ask(target));
const read = (prepared: string) => JSON.parse(prepared) as Asking;

const attack = (
  name: string,
  status: number,
  audited: string,
  { prepare, run }: Pick<Attack, 'prepare' | 'run'>,
): Attack => ({ group, name, status, audited, run, ...(prepare && { prepare }) });

export const pairing: readonly Attack[] = [
  attack('eight digits that nobody was given', 403, 'pairing.join', {
    prepare: async (target) => {
      const { code } = await invite(target);
      return code === '00000000' ? '00000001' : '00000000';
    },
    run: join,
  }),
  attack('the link of an invitation that was cancelled', 409, 'pairing.join', {
    prepare: async (target) => {
      const invitation = await invite(target);
      await target.admin('pairing.cancel', { id: invitation.id });
      return linkOf(invitation);
    },
    run: join,
  }),
  attack('a link that another device has used', 409, 'pairing.join', {
    prepare: async (target) => linkOf(await ask(target)),
    run: join,
  }),
  attack('a code from a foreign page', 403, 'access', {
    prepare: async (target) => (await invite(target)).code,
    run: (target, code) =>
      target.call('pairing.join', { code, commitment: noCommitment }, { origin: 'https://evil.example' }),
  }),
  attack('another nonce than the one that was promised, to choose the digits', 403, 'pairing.reveal', {
    prepare: async (target) => {
      const joined = await join(target, (await invite(target)).code);
      return (dataOf(joined) as { ticket: string }).ticket;
    },
    run: (target, ticket) => target.call('pairing.reveal', { ticket, nonce: newPairingNonce() }),
  }),
  attack('let in without an approval', 409, 'pairing.claim', {
    prepare: asking,
    run: (target, prepared) => target.call('pairing.claim', { ticket: read(prepared).ticket }),
  }),
  attack('another device’s approval, with a ticket of one’s own making', 409, 'pairing.claim', {
    prepare: async (target) => {
      const { id, digits } = await ask(target);
      await target.admin('pairing.approve', { id, digits });
      return 'A'.repeat(43);
    },
    run: (target, ticket) => target.call('pairing.claim', { ticket }),
  }),
  attack('an approval that was used already', 409, 'pairing.claim', {
    prepare: async (target) => {
      const { id, digits, ticket } = await ask(target);
      await target.admin('pairing.approve', { id, digits });
      await target.call('pairing.claim', { ticket });
      return ticket;
    },
    run: (target, ticket) => target.call('pairing.claim', { ticket }),
  }),
  attack('approved with digits that differ', 409, 'pairing.approve', {
    prepare: asking,
    run: (target, prepared) => {
      const { id, digits } = read(prepared);
      const other = digits === '000000' ? '000001' : '000000';
      return target.call('pairing.approve', { id, digits: other }, target.signedIn());
    },
  }),
  attack('two approvals at once: the second', 409, 'pairing.approve', {
    prepare: asking,
    run: async (target, prepared) => {
      const { id, digits } = read(prepared);
      const approve = () => target.call('pairing.approve', { id, digits }, target.signedIn());
      const answers = await Promise.all([approve(), approve()]);
      const refused = answers.filter(({ status }) => status !== 200);
      if (refused.length !== 1 || refused[0] === undefined) throw new Error('Not one of them won.');
      return refused[0];
    },
  }),
  attack('approved by the asking device itself', 401, 'access', {
    prepare: asking,
    run: (target, prepared) => {
      const { id, digits } = read(prepared);
      return target.call('pairing.approve', { id, digits });
    },
  }),
  attack('approved by a key that may do everything', 403, 'pairing.approve', {
    prepare: async (target) => {
      const { key } = await target.admin<{ key: string }>('keys.create', { name: 'K', scopes: ['admin'] });
      return JSON.stringify({ ...(await ask(target)), key });
    },
    run: (target, prepared) => {
      const { id, digits } = read(prepared);
      const { key } = JSON.parse(prepared) as { key: string };
      return target.call('pairing.approve', { id, digits }, { authorization: `Bearer ${key}` });
    },
  }),
];

/** To run late: it makes everybody wait who types eight digits. */
export const guessedPairing: readonly Attack[] = [
  attack('eight digits tried in bulk', 429, 'pairing.join', {
    run: async (target) => {
      for (let count = 0; count < 11; count += 1) await join(target, String(count).padStart(8, '0'));
      return join(target, '99999999');
    },
  }),
];

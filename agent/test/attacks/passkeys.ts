import type { AuthenticationResponse } from '@impetus/contracts';
import { siteOf } from '../../src/auth/passkeys/site.ts';
import { SoftwareAuthenticator } from '../../src/auth/passkeys/testing/authenticator.ts';
import type { Answer, Attack } from './attack.ts';
import type { Target } from './target.ts';

const group = 'Passkey';

const dataOf = ({ body }: Answer): unknown => (JSON.parse(body) as { result: { data: unknown } }).result.data;
const siteOfTarget = (target: Target) => siteOf(target.signedIn()['origin'] ?? '');

async function call<T>(target: Target, procedure: string, input: object = {}, signedIn = true): Promise<T> {
  const answer = await target.call(procedure, input, signedIn ? target.signedIn() : {});
  if (answer.status !== 200) throw new Error(`${procedure}: ${answer.body}`);
  return dataOf(answer) as T;
}

interface Options {
  readonly challenge: string;
  readonly user: { readonly id: string };
}

/** A passkey of the owner's, and what it answers. */
async function passkeyOf(target: Target) {
  const key = new SoftwareAuthenticator();
  const site = siteOfTarget(target);
  const { challenge, user } = await call<Options>(target, 'passkeys.registrationOptions');
  await call(target, 'passkeys.register', { name: 'Attacked', response: key.register({ site, challenge }) });
  const userId = Buffer.from(user.id, 'base64url').toString();
  const answer = async (changes: object = {}) => {
    const options = await call<Options>(target, 'passkeys.signInOptions', {}, false);
    return key.signIn({ site, challenge: options.challenge, ...changes }, userId);
  };
  return { key, answer };
}

const attack = (name: string, prepare: (target: Target) => Promise<AuthenticationResponse>): Attack => ({
  group,
  name,
  prepare: async (target) => JSON.stringify(await prepare(target)),
  run: (target, prepared) => target.call('passkeys.signIn', { response: JSON.parse(prepared) as object }),
  status: 401,
  audited: 'passkeys.signIn',
});

export const passkeys: readonly Attack[] = [
  attack('an answer that let somebody in before (a replayed challenge)', async (target) => {
    const response = await (await passkeyOf(target)).answer();
    await call(target, 'passkeys.signIn', { response }, false);
    return response;
  }),
  attack('a counter that went back (a copied key)', async (target) => {
    const { key, answer } = await passkeyOf(target);
    key.counter = 10;
    await call(target, 'passkeys.signIn', { response: await answer() }, false);
    key.counter = 5;
    return answer();
  }),
  attack('an answer that was given to another page', async (target) =>
    (await passkeyOf(target)).answer({ origin: 'https://evil.example' }),
  ),
  attack('an answer that nobody confirmed', async (target) =>
    (await passkeyOf(target)).answer({ flags: 0x01 }),
  ),
];

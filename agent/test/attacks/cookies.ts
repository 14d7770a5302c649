import { signInAsOwner } from '@impetus/test-kit';
import type { Attack } from './attack.ts';
import type { Target } from './target.ts';

const group = 'Cookie';

const nameOf = (target: Target) => (target.signedIn()['cookie'] ?? '').split('=', 1)[0] ?? '';

const present = (name: string, cookieOf: (target: Target) => string): Attack => ({
  group,
  name,
  run: (target) => target.send('/trpc/keys.list', { headers: { cookie: cookieOf(target) } }),
  status: 401,
  audited: 'access',
});

/** A second browser of the owner's, to be signed out or copied. */
const another = async (target: Target) => (await signInAsOwner(target.agent.url, null)).cookie;

export const cookies: readonly Attack[] = [
  present('a forged one', (target) => `${nameOf(target)}=${'A'.repeat(43)}`),
  present('the right one with one character changed', (target) =>
    (target.signedIn()['cookie'] ?? '').replace(/.$/u, (last) => (last === 'A' ? 'B' : 'A')),
  ),
  present('an empty one', (target) => `${nameOf(target)}=`),
  present('a huge one', (target) => `${nameOf(target)}=${'A'.repeat(8_000)}`),
  present('one with SQL in it', (target) => `${nameOf(target)}=' or 1=1 --`),
  present('the right one under the name that https has', (target) =>
    (target.signedIn()['cookie'] ?? '').replace(/^[^=]+/u, '__Host-impetus'),
  ),
  {
    group,
    name: 'the right one at the model endpoint',
    run: (target) => target.send('/v1/models', { headers: target.signedIn() }),
    status: 401,
    audited: 'access',
  },
  {
    group,
    name: 'the right one for /metrics',
    run: (target) => target.send('/metrics', { headers: target.signedIn() }),
    status: 401,
    audited: 'access',
  },
  {
    group,
    name: 'replayed after the owner signed out',
    prepare: async (target) => {
      const cookie = await another(target);
      await target.call('session.signOut', {}, { ...target.signedIn(), cookie });
      return cookie;
    },
    run: (target, cookie) => target.send('/trpc/keys.list', { headers: { cookie } }),
    status: 401,
    audited: 'access',
  },
  {
    group,
    name: 'of a device that was revoked',
    prepare: async (target) => {
      const cookie = await another(target);
      const [[device]] = await target.adminBatch<[{ id: string }[]]>(['devices.list']);
      await target.admin('devices.revoke', { id: device?.id });
      return cookie;
    },
    run: (target, cookie) => target.send('/trpc/keys.list', { headers: { cookie } }),
    status: 401,
    audited: 'access',
  },
  {
    group,
    name: 'a WebSocket with a forged one',
    run: (target) =>
      target.upgrade('/trpc', { ...target.signedIn(), cookie: `${nameOf(target)}=${'A'.repeat(43)}` }),
    status: 401,
    audited: 'access',
  },
];

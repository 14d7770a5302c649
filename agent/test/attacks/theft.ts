import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Attack } from './attack.ts';
import { stolen } from './stolen.ts';

const group = 'Stolen files';

export const theft: readonly Attack[] = [
  {
    group,
    name: 'the hash of a session, from the database, as the cookie',
    run: (target) => {
      const hash = stolen(target, 'select hash from session_tokens limit 1');
      const name = (target.signedIn()['cookie'] ?? '').split('=', 1)[0] ?? '';
      return target.send('/trpc/keys.list', { headers: { cookie: `${name}=${hash}` } });
    },
    status: 401,
    audited: 'access',
  },
  {
    group,
    name: 'the id and hash of a key, from the database, as the key',
    run: (target) => {
      const id = stolen(target, 'select id from api_keys limit 1');
      const hash = stolen(target, 'select secret_hash from api_keys limit 1');
      return target.send('/v1/models', { headers: { authorization: `Bearer imp_${id}_${hash}` } });
    },
    status: 401,
    audited: 'access',
  },
  {
    group,
    name: 'the hash of the owner’s password as the password',
    run: (target) =>
      target.call('session.signIn', {
        name: 'Owner',
        password: stolen(target, 'select password_hash from users where owner = 1'),
      }),
    status: 401,
    audited: 'session.signIn',
  },
  {
    group,
    name: 'a log that has the owner’s cookie, a key or the set-up code in it',
    prepare: async (target) => (await target.admin<{ key: string }>('keys.create', { name: 'Logged' })).key,
    run: async (target, key) => {
      const folder = join(target.agent.home, 'logs');
      const logs = readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'utf8'))
        .join('\n');
      const token = (target.signedIn()['cookie'] ?? '').split('=')[1] ?? 'none';
      const found = [token, key, target.agent.setup?.code ?? 'none'].some((secret) => logs.includes(secret));
      return { status: found ? 200 : 404, headers: {}, body: '' };
    },
    status: 404,
    audited: null,
  },
  {
    group,
    name: 'files that others on this Mac could read',
    run: async (target) => {
      const { home } = target.agent;
      const open = readdirSync(home).filter((name) => (statSync(join(home, name)).mode & 0o077) !== 0);
      return {
        status: open.length === 0 && (statSync(home).mode & 0o077) === 0 ? 403 : 200,
        headers: {},
        body: open.join(' '),
      };
    },
    status: 403,
    audited: null,
  },
];

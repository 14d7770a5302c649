import type { Attack } from './attack.ts';

const group = 'Scope';

const key =
  (scopes: readonly string[]): NonNullable<Attack['prepare']> =>
  async (target) =>
    (await target.admin<{ key: string }>('keys.create', { name: 'Small', scopes })).key;

const call = (
  name: string,
  procedure: string,
  input: unknown,
  scopes: readonly string[] = ['infer'],
): Attack => ({
  group,
  name,
  prepare: key(scopes),
  run: (target, secret) => target.call(procedure, input, { authorization: `Bearer ${secret}` }),
  status: 403,
  audited: procedure,
});

const every = ['infer', 'load', 'download', 'remove'];

export const scopes: readonly Attack[] = [
  call('a key for inference makes itself an admin key', 'keys.create', { name: 'Mine', scopes: ['admin'] }),
  call('a key with all but admin makes a user', 'users.create', { name: 'Mine' }, every),
  call('a key for inference loads a model', 'models.load', { id: 'impetus-sample' }),
  call('a key changes the settings', 'settings.update', { corsOrigins: ['https://evil.example'] }, every),
  call(
    'a key resets the owner’s password',
    'setup.resetOwnerPassword',
    { password: 'mine from now on' },
    every,
  ),
  call('a key ends everybody’s sessions', 'session.signOutEverywhere', { userId: 'someone' }, every),
  {
    group,
    name: 'a key with all but admin reads the audit',
    prepare: key(every),
    run: (target, secret) => target.send('/audit.jsonl', { headers: { authorization: `Bearer ${secret}` } }),
    status: 403,
    audited: 'access',
  },
  {
    group,
    name: 'nobody reads the audit',
    run: (target) => target.send('/audit.jsonl'),
    status: 401,
    audited: 'access',
  },
  {
    group,
    name: 'an open procedure and a closed one in one batch',
    run: (target) => target.send('/trpc/setup.state,keys.list?batch=1'),
    status: 401,
    audited: 'access',
  },
];

import { setTimeout as delay } from 'node:timers/promises';
import type { Attack } from './attack.ts';
import type { Target } from './target.ts';

const group = 'API key';

const make = async (target: Target, more: object = {}) =>
  target.admin<{ id: string; key: string }>('keys.create', { name: 'Attacked', scopes: ['infer'], ...more });

const show = (target: Target, headers: Record<string, string>) => target.send('/v1/models', { headers });

const present = (name: string, prepare: NonNullable<Attack['prepare']>): Attack => ({
  group,
  name,
  prepare,
  run: (target, key) => show(target, { authorization: `Bearer ${key}` }),
  status: 401,
  audited: 'access',
});

export const keys: readonly Attack[] = [
  present('none that this agent made', async () => `imp_abcdefghjk_${'0'.repeat(64)}`),
  present('the id of one with another secret', async (target) => {
    const { id } = await make(target);
    return `imp_${id}_${'0'.repeat(64)}`;
  }),
  present('one that was revoked', async (target) => {
    const { id, key } = await make(target);
    await target.admin('keys.revoke', { id });
    return key;
  }),
  present('one that has expired', async (target) => {
    const expiresAt = new Date(Date.now() + 50).toISOString();
    const { key } = await make(target, { expiresAt });
    while (Date.now() <= Date.parse(expiresAt)) await delay(10);
    return key;
  }),
  present('the old secret after a rotation', async (target) => {
    const { id, key } = await make(target);
    await target.admin('keys.rotate', { id });
    return key;
  }),
  present('one of a device that was revoked', async (target) => {
    const { signInAsOwner } = await import('@impetus/test-kit');
    await signInAsOwner(target.agent.url, null);
    const [[device]] = await target.adminBatch<[{ id: string }[]]>(['devices.list']);
    const { key } = await make(target, { deviceId: device?.id });
    await target.admin('devices.revoke', { id: device?.id });
    return key;
  }),
  {
    group,
    name: 'none at all',
    run: (target) => show(target, {}),
    status: 401,
    audited: 'access',
  },
  {
    group,
    name: 'a good one in the address',
    prepare: async (target) => (await make(target)).key,
    run: (target, key) => target.send(`/v1/models?api_key=${key}`),
    status: 400,
    audited: null,
  },
  {
    group,
    name: 'as the password of Basic authentication',
    prepare: async (target) => (await make(target)).key,
    run: (target, key) => show(target, { authorization: `Basic ${btoa(`x:${key}`)}` }),
    status: 401,
    audited: 'access',
  },
  {
    group,
    name: 'a good one with a line break behind it',
    prepare: async (target) => (await make(target)).key,
    run: (target, key) => show(target, { authorization: `Bearer ${key} ${key}` }),
    status: 401,
    audited: 'access',
  },
];

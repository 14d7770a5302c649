import { describe, expect, it } from 'vitest';
import { endsAccessOf, type AccessHolder } from './access-ended.ts';

const nobody = { userId: null, deviceId: null, sessionId: null, grantId: null };
const session: AccessHolder = {
  kind: 'session',
  id: 'd',
  userId: 'u',
  deviceId: 'd',
  sessionId: 's',
  grantId: null,
};
const key: AccessHolder = { ...nobody, kind: 'key', id: 'k' };
const boundKey: AccessHolder = { ...key, userId: 'u', deviceId: 'd' };
const token: AccessHolder = { ...nobody, kind: 'token', id: 't', userId: 'u', grantId: 'g' };
const cli: AccessHolder = { ...nobody, kind: 'cli', id: 'cli' };
const all = { session, key, boundKey, token, cli };

const ended = (of: 'key' | 'session' | 'device' | 'user' | 'grant', id: string) =>
  Object.entries(all)
    .filter(([, holder]) => endsAccessOf(holder, { of, id, message: '' }))
    .map(([name]) => name);

describe('what ends', () => {
  it.each([
    ['key', 'k', ['key', 'boundKey']],
    ['key', 'd', []],
    ['session', 's', ['session']],
    ['device', 'd', ['session', 'boundKey']],
    ['user', 'u', ['session', 'boundKey', 'token']],
    ['grant', 'g', ['token']],
    ['user', 'cli', []],
  ] as const)('with the %s %s: %j', (of, id, expected) => {
    expect(ended(of, id)).toEqual(expected);
  });
});

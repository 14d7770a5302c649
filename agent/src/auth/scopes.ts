import { ImpetusError, permits, type DeviceInfo, type Scope, type UserInfo } from '@impetus/contracts';
import type { Devices, Principal, Users } from './types.ts';

const meanings: Readonly<Record<Scope, string>> = {
  infer: 'use models',
  load: 'load and unload models',
  download: 'download models',
  remove: 'remove models',
  admin: 'manage this agent',
};

/** Throws `forbidden`, naming the scope, unless the principal has it. */
export function requireScope(principal: Principal, scope: Scope): void {
  if (permits(principal.scopes, scope)) return;
  throw new ImpetusError(
    'forbidden',
    `“${principal.name}” may not ${meanings[scope]}: that needs the scope ${scope}. Use a key that has it.`,
  );
}

/** What a device may do: no more than its user may, whatever it was given. */
export function scopesOf(device: Pick<DeviceInfo, 'scopes'>, user: Pick<UserInfo, 'scopes'>): Scope[] {
  if (user.scopes.includes('admin')) return [...device.scopes];
  if (device.scopes.includes('admin')) return [...user.scopes];
  return device.scopes.filter((scope) => user.scopes.includes(scope));
}

/**
 * The account that somebody acts for as its user would: signed in, on a device that stays and was given all that the
 * user has. A guest, a device with fewer scopes or a program acts for itself alone: the account that let it in, its
 * other devices, its password and its passkeys are not theirs to touch.
 */
export function accountOf(
  { kind, userId, deviceId, scopes }: Principal,
  users: Pick<Users, 'find'>,
  devices: Pick<Devices, 'find'>,
): UserInfo | null {
  if (kind !== 'session' || userId === null || deviceId === null) return null;
  const [user, device] = [users.find(userId), devices.find(deviceId)];
  if (user === undefined || device === undefined || device.expiresAt !== null) return null;
  return user.scopes.every((scope) => permits(scopes, scope)) ? user : null;
}

import { ImpetusError, permits, type DeviceInfo, type Scope, type UserInfo } from '@impetus/contracts';
import type { Principal } from './types.ts';

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

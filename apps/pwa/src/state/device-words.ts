import type { DeviceInfo, DeviceKind } from '@impetus/contracts/devices';
import { formatAge, formatClock, formatDuration } from '../lib/format.ts';

export const kindWords: Readonly<Record<DeviceKind, string>> = {
  phone: 'Phone',
  tablet: 'Tablet',
  laptop: 'Laptop',
  desktop: 'Desktop',
  other: 'Something else',
};

/** When a device was last here. */
export function seenWords({ lastSeenAt }: Pick<DeviceInfo, 'lastSeenAt'>, now: number): string {
  return lastSeenAt === null ? 'Never seen' : formatAge(Date.parse(lastSeenAt), now);
}

/** How long something still lasts; a guest's access, a key. Null where it stays. */
export function endWords(expiresAt: string | null, now: number): string | null {
  if (expiresAt === null) return null;
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return `Ended ${formatClock(Date.parse(expiresAt), now)}`;
  return `Ends in ${formatDuration(Math.max(60_000, left - (left % 60_000)))}`;
}

/** What ends when a device is revoked, by name and number. */
export function revokeWords(device: Pick<DeviceInfo, 'name' | 'sessions' | 'online' | 'current'>): string {
  const { name, sessions, online, current } = device;
  const parts = [
    sessions === 0 ? null : sessions === 1 ? 'its session' : `its ${sessions} sessions`,
    online ? 'its open pages and what they are reading' : null,
    'the API keys that were made for it',
  ].filter((part) => part !== null);
  const list = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  const end = current
    ? ' This is the device that you are using: you will be signed out.'
    : ' To let it in again, add it anew.';
  return `${name} is cut off at once: ${list} end.${end}`;
}

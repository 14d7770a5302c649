import type { DeviceKind } from '@impetus/contracts/devices';
import { browserWords, platformOf, type DevicePlatform } from '../lib/device-platform.ts';

/** The system that this page runs on. */
export function thisPlatform(): DevicePlatform {
  return platformOf(navigator);
}

/** What this device is called until somebody gives it a better name. */
export function thisDeviceName(): string {
  return browserWords(navigator.userAgent) ?? 'A browser';
}

export function thisDeviceKind(): DeviceKind {
  const platform = thisPlatform();
  if (platform === 'apple-touch') return /iPhone|iPod/.test(navigator.userAgent) ? 'phone' : 'tablet';
  if (platform === 'android') return navigator.userAgent.includes('Mobile') ? 'phone' : 'tablet';
  return 'laptop';
}

/** Whether the page is open on the Mac itself. */
export function isOnTheMac(): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
}

/** Whether the page runs as an installed app, with a window of its own. */
export function isInstalledApp(): boolean {
  return matchMedia('(display-mode: standalone)').matches;
}

import type { DeviceKind } from '@impetus/contracts';

export interface DescribedAgent {
  readonly name: string;
  readonly kind: DeviceKind;
}

const systems: readonly (readonly [RegExp, string, DeviceKind])[] = [
  [/\biPhone\b/u, 'iPhone', 'phone'],
  [/\biPad\b/u, 'iPad', 'tablet'],
  [/\bAndroid\b.*\bMobile\b/u, 'Android phone', 'phone'],
  [/\bAndroid\b/u, 'Android tablet', 'tablet'],
  [/\bMacintosh\b/u, 'Mac', 'desktop'],
  [/\bWindows\b/u, 'Windows PC', 'desktop'],
  [/\bCrOS\b/u, 'Chromebook', 'laptop'],
  [/\bLinux\b/u, 'Linux PC', 'desktop'],
];

/** The order matters: most browsers say that they are others too. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//u, 'Edge'],
  [/\bOPR\//u, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//u, 'Firefox'],
  [/\bChrome\/|\bCriOS\/|\bHeadlessChrome\//u, 'Chrome'],
  [/\bSafari\//u, 'Safari'],
];

/** A name and a kind for a device that gave none, by what its browser says of itself. */
export function describeUserAgent(userAgent: string | null): DescribedAgent {
  const text = userAgent ?? '';
  const [, system = null, kind = 'other' as const] = systems.find(([pattern]) => pattern.test(text)) ?? [];
  const [, browser = null] = browsers.find(([pattern]) => pattern.test(text)) ?? [];
  if (browser !== null && system !== null) return { name: `${browser} on ${system}`, kind };
  return { name: browser ?? system ?? 'A program', kind };
}

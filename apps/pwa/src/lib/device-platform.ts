/** The systems that have a guide of their own. */
export const devicePlatforms = ['apple-touch', 'android', 'mac', 'windows', 'linux'] as const;
export type DevicePlatform = (typeof devicePlatforms)[number];

/** What a browser says of the device that it runs on. */
export interface BrowserFacts {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
}

/** The system of a device, as far as its browser says. An iPad says that it is a Mac, and has a screen to touch. */
export function platformOf({ userAgent, maxTouchPoints }: BrowserFacts): DevicePlatform {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'apple-touch';
  if (userAgent.includes('Macintosh')) return maxTouchPoints > 1 ? 'apple-touch' : 'mac';
  if (userAgent.includes('Android')) return 'android';
  return userAgent.includes('Windows') ? 'windows' : 'linux';
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg(?:A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Macintosh/, 'Mac'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'Chromebook'],
  [/Linux|X11/, 'Linux'],
];

/** A browser and its system in two words: “Safari on iPhone”. Null where it says nothing known. */
export function browserWords(userAgent: string): string | null {
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [browser, system].filter(Boolean).join(' on ') || null;
}

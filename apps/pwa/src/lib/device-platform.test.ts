import { expect, test } from 'vitest';
import { browserWords, platformOf } from './device-platform.ts';

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const ipad =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15';
const pixel =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36';
const windows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0';
const linux = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

test.each([
  [iphone, 5, 'apple-touch'],
  [ipad, 5, 'apple-touch'],
  [ipad, 0, 'mac'],
  [pixel, 5, 'android'],
  [windows, 10, 'windows'],
  [linux, 0, 'linux'],
  ['', 0, 'linux'],
] as const)('%s with %d touch points is %s', (userAgent, maxTouchPoints, platform) => {
  expect(platformOf({ userAgent, maxTouchPoints })).toBe(platform);
});

test.each([
  [iphone, 'Safari on iPhone'],
  [pixel, 'Chrome on Android'],
  [windows, 'Edge on Windows'],
  [linux, 'Firefox on Linux'],
  ['curl/8.5.0', null],
])('%s reads %s', (userAgent, words) => {
  expect(browserWords(userAgent)).toBe(words);
});

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Where Chrome and Chromium are found on the systems that the tests run on. */
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const advice =
  'The browser tests need Chrome or Chromium: install one (on Debian: apt-get install chromium), or name its program in IMPETUS_BROWSER.';

/** The path of a browser for the tests; installs one where none is found and it can. Throws one sentence otherwise. */
export function findBrowser(): string {
  const chosen = process.env['IMPETUS_BROWSER'];
  if (chosen !== undefined) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`IMPETUS_BROWSER names ${chosen}, and there is no such program.`);
  }
  const found = installed();
  if (found !== undefined) return found;
  for (const install of [installFromDebian, installFromPlaywright]) {
    install();
    const now = installed();
    if (now !== undefined) return now;
  }
  throw new Error(advice);
}

function installed(): string | undefined {
  return [...usualPlaces, chromium.executablePath()].find((path) => existsSync(path));
}

function installFromDebian(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
}

function installFromPlaywright(): void {
  spawnSync('playwright', ['install', 'chromium'], { stdio: 'inherit', timeout: 300_000 });
}

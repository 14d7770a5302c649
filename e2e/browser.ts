import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { installFromDebian } from './debian.ts';

/** Where Chrome and Chromium are found on the systems that the tests run on. */
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const debianShell = '/usr/bin/chromium-headless-shell';

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
  for (const install of [() => installFromDebian('chromium'), installFromPlaywright]) {
    install();
    const now = installed();
    if (now !== undefined) return now;
  }
  throw new Error(advice);
}

/**
 * The path of Chromium's shell without windows, which takes half the time of a browser that only hides them; the
 * browser itself where there is none. What can be installed, the shell does not know.
 */
export function findShell(browser: string): string {
  if (process.env['IMPETUS_BROWSER'] !== undefined) return browser;
  if (!existsSync(debianShell)) installFromDebian('chromium-headless-shell');
  return existsSync(debianShell) ? debianShell : browser;
}

function installed(): string | undefined {
  return [...usualPlaces, chromium.executablePath()].find((path) => existsSync(path));
}

function installFromPlaywright(): void {
  spawnSync('playwright', ['install', 'chromium'], { stdio: 'inherit', timeout: 300_000 });
}

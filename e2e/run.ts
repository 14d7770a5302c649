import { spawnSync } from 'node:child_process';
import { findBrowser, findShell } from './browser.ts';
import { bringCertutil } from './certutil.ts';

/** Finds a browser, or brings one, and runs the tests in it. */
try {
  bringCertutil();
  const browser = findBrowser();
  const env = { ...process.env, IMPETUS_BROWSER: browser, IMPETUS_BROWSER_SHELL: findShell(browser) };
  const { status } = spawnSync('playwright', ['test', ...process.argv.slice(2)], { stdio: 'inherit', env });
  process.exitCode = status ?? 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

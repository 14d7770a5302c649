import { fileURLToPath } from 'node:url';
import { findBrowser, findShell } from './browser.ts';
import { bringCertutil } from './certutil.ts';

/** Finds a browser, or brings one, and runs the tests in it. */
try {
  bringCertutil();
  const browser = findBrowser();
  const env = { ...process.env, IMPETUS_BROWSER: browser, IMPETUS_BROWSER_SHELL: findShell(browser) };
  const playwright = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
  // In the place of this process: whoever ends it ends the tests, and not only what waits for them.
  process.execve?.(process.execPath, [process.execPath, playwright, 'test', ...process.argv.slice(2)], env);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

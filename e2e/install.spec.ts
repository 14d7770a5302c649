import { expect, test } from './fixtures.ts';
import { wholeBrowserOptions } from './launch-options.ts';

test.use({ serviceWorkers: 'allow', launchOptions: wholeBrowserOptions() });

test('Chromium finds nothing that keeps the page from being installed', async ({ page }) => {
  // The whole browser takes long to start.
  test.slow();
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const devtools = await page.context().newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // Playwright's contexts are like private windows, where Chromium installs nothing; the page cannot change that.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  const { errors, url } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(url).toMatch(/manifest\.webmanifest$/u);
});

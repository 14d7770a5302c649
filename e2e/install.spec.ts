import { expect, test } from './fixtures.ts';
import { wholeBrowserOptions } from './launch-options.ts';

test.use({ serviceWorkers: 'allow', launchOptions: wholeBrowserOptions() });

test('Chromium finds nothing that keeps the page from being installed', async ({ page }) => {
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

test('the page breaks none of its own content security policy', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  for (const path of [
    '/',
    '/models',
    '/models/impetus-sample',
    '/search',
    '/downloads',
    '/storage',
    '/system',
    '/requests',
    '/settings',
  ]) {
    await page.goto(path);
    await expect(page.getByRole('button', { name: 'Connection: Studio connected' })).toBeVisible();
  }
  expect(complaints).toEqual([]);
});

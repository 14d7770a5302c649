import { startAgentProcess, temporaryFolder } from '@impetus/test-kit';
import { openAsOwner } from './clients.ts';
import { expect, test } from './fixtures.ts';

test.use({ serviceWorkers: 'allow' });

test('the page outlives the agent: it says so, survives a reload, and is live again when the agent is back', async ({
  page,
}) => {
  await using home = await temporaryFolder();
  await using first = await startAgentProcess({ home: home.path, env: { IMPETUS_NAME: 'Studio' } });
  const { port } = new URL(first.url);
  await openAsOwner(page, first, '/models');
  await expect(page.getByRole('button', { name: 'Connection: Studio connected' })).toBeVisible();
  await expect(page.getByRole('link', { name: /IMPETUS sample/u })).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready);

  first.kill('SIGKILL');
  await first.exited;
  await expect(page.getByRole('button', { name: /Connection: Studio reconnecting/u })).toBeVisible();
  await expect(page.getByRole('button', { name: /Connection: Studio away since/u })).toBeVisible();

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Models', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: /IMPETUS sample/u })).toBeVisible();
  await expect(page.getByRole('button', { name: /Connection: Studio away since/u })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Load IMPETUS sample' })).toBeDisabled();

  await using again = await startAgentProcess({
    home: home.path,
    env: { IMPETUS_NAME: 'Studio', IMPETUS_HTTP_PORT: port },
  });
  await expect(page.getByRole('button', { name: 'Connection: Studio connected' })).toBeVisible();
  await page.getByRole('button', { name: 'Load IMPETUS sample' }).click();
  await expect(page.getByRole('button', { name: 'Unload IMPETUS sample' })).toBeVisible();
  expect(again.url).toContain(port);
});

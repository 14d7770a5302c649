import { expect, test } from './fixtures.ts';
import { pages } from './pages.ts';

test.use({ serviceWorkers: 'allow' });

test('the page breaks none of its own content security policy', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  for (const path of pages) {
    await page.goto(path);
    await expect(page.getByRole('button', { name: 'Connection: Studio connected' })).toBeVisible();
  }
  expect(complaints).toEqual([]);
});

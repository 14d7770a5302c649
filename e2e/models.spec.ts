import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { needsSharedModels, sharedModels, startAgentProcess, temporaryFolder } from '@impetus/test-kit';
import { expect, test } from './fixtures.ts';

test('a model is loaded and unloaded, and every page shows it', async ({ page }) => {
  await page.goto('/models');
  await page.getByRole('button', { name: 'Load IMPETUS sample' }).click();
  await expect(page.getByRole('button', { name: 'Unload IMPETUS sample' })).toBeVisible();
  await page.getByRole('link', { name: 'System' }).click();
  await expect(page.getByRole('heading', { name: 'IMPETUS sample' })).toBeVisible();
  await page.getByRole('button', { name: /Running: IMPETUS sample Ready/u }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Unload IMPETUS sample' }).click();
  await expect(page.getByRole('dialog')).toContainText('No model is loaded');
});

test('two screens show the same', async ({ page, context }) => {
  const other = await context.newPage();
  await page.goto('/models');
  await other.goto('/models');
  await page.getByRole('button', { name: 'Load IMPETUS sample' }).click();
  await expect(other.getByRole('button', { name: 'Unload IMPETUS sample' })).toBeVisible();
});

test('a file that is put into the models folder appears, and says what it is', async ({ page, agent }) => {
  const folder = join(agent.home, 'models');
  await mkdir(folder, { recursive: true });
  await page.goto('/models');
  await expect(page.getByRole('link', { name: /IMPETUS sample/u })).toBeVisible();
  await writeFile(join(folder, 'holiday.gguf'), 'Dear all, the weather is fine.');
  await expect(page.getByRole('link', { name: /holiday/u })).toBeVisible();
  await page.getByRole('link', { name: /holiday/u }).click();
  await expect(page.getByRole('article', { name: 'holiday' })).toContainText(/not a GGUF/iu);
  await expect(page.getByRole('button', { name: 'Load holiday' })).toHaveCount(0);
});

test('search narrows the list, and says when nothing is left', async ({ page }) => {
  await page.goto('/models');
  const search = page.getByRole('searchbox', { name: 'Search models' });
  await search.fill('sample');
  await expect(page.getByRole('link', { name: /IMPETUS sample/u })).toBeVisible();
  await search.fill('nothing like it');
  await expect(page.getByRole('link', { name: /IMPETUS sample/u })).toHaveCount(0);
});

test.describe(`trained models${needsSharedModels}`, () => {
  test.skip(sharedModels === null, 'The trained test models are not here.');

  test('tell a story on the page', async ({ page }) => {
    await using home = await temporaryFolder();
    await using agent = await startAgentProcess({ home: home.path, models: sharedModels ?? undefined });
    await page.goto(agent.url.replace('127.0.0.1', 'localhost'));
    for (const model of ['stories260K-chat-f32', 'TinyStories-656K-chat-q8_0']) {
      await page.getByRole('link', { name: 'Models' }).click();
      await page.getByRole('link', { name: new RegExp(`^${model}`, 'u') }).click();
      await page
        .getByRole('article', { name: model })
        .getByRole('button', { name: 'Chat', exact: true })
        .click();
      await page.getByRole('textbox', { name: 'Your question' }).fill('Once upon a time');
      await page.getByRole('button', { name: 'Send' }).click();
      const answer = page.getByRole('article', { name: model });
      await expect(answer).toContainText('tokens/s', { timeout: 60_000 });
      await expect(answer).toContainText(/\b(?:she|he|they)\b/iu);
    }
  });
});

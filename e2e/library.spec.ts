import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startAgentProcess, temporaryFolder } from '@impetus/test-kit';
import { writeManyModels } from '@impetus/test-kit/hub';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';

const count = 2_000;

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent ?? '');

test('two thousand models: few rows are drawn, the right ones, and the keyboard goes through all of them @desktop', async ({
  page,
}) => {
  test.slow();
  await using home = await temporaryFolder();
  const models = join(home.path, 'models');
  await writeManyModels(models, count);
  await using agent = await startAgentProcess({ home: home.path, models, env: { IMPETUS_NAME: 'Studio' } });
  await page.context().addCookies(agent.browser?.storageState.cookies ?? []);
  await page.goto(`${agent.url.replace('127.0.0.1', 'localhost')}/models`);
  const list = page.getByRole('list', { name: 'Models' });
  const rows = list.getByRole('listitem');
  await expect(page.getByText(`${(count + 1).toLocaleString('en')} models`)).toBeVisible();
  expect(await rows.count()).toBeLessThan(60);
  await expect(rows.first()).toHaveAttribute('aria-setsize', String(count + 1));

  await list.getByRole('link').first().focus();
  await page.keyboard.press('End');
  await expect(list.getByRole('link', { name: /^Model-2000/u })).toBeFocused();
  await expect(list.locator(`[aria-posinset="${count + 1}"]`)).toBeVisible();
  await expect(list.getByRole('link', { name: /^Model-0001/u })).toHaveCount(0);
  expect(await rows.count()).toBeLessThan(60);
  await page.keyboard.press('ArrowUp');
  await expect(list.getByRole('link', { name: /^Model-1999/u })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(list.getByRole('link', { name: /IMPETUS sample/u })).toBeFocused();

  await page.mouse.move(300, 400);
  await page.mouse.wheel(0, 64 * 1_000);
  await expect(list.getByRole('link', { name: /^Model-1000/u })).toBeVisible();
  expect(await rows.count()).toBeLessThan(60);
  // The row that the keyboard stands on stays, wherever the list was scrolled to.
  expect(await focused(page)).toContain('IMPETUS sample');

  // As a busy page hears them: the second key before anything was drawn for the first.
  await page.evaluate(() => {
    for (const key of ['ArrowDown', ' ']) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }
  });
  await expect(list.getByRole('checkbox', { name: /^Select Model-0001/u })).toBeChecked();
  await page.keyboard.press('Shift+ArrowDown');
  const bar = page.getByRole('region', { name: 'Selected models' });
  await expect(bar).toContainText('2 selected');
  await expect(list.getByRole('checkbox', { name: /^Select Model-0002/u })).toBeChecked();
  await expectAccessible(page, 'selecting');
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);

  await page.getByRole('searchbox', { name: 'Search models' }).fill('model-19 7b');
  await expect(page.getByText(/^20 of 2,001 models$/u)).toBeVisible();
  await expect(rows.first()).toHaveAttribute('aria-setsize', '20');
  await page.getByRole('button', { name: 'Show as cards' }).click();
  await list.getByRole('link').first().focus();
  await page.keyboard.press('ArrowRight');
  expect(await focused(page)).toContain('Model-1907');
  await expectAccessible(page, 'cards');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Show as a list' })).toBeVisible();
  await page.getByRole('button', { name: 'Filter' }).click();
  const sheet = page.getByRole('dialog', { name: 'Filter' });
  const chip = sheet.getByRole('checkbox', { name: /^Sample/u });
  await chip.press('Space');
  await expect(sheet.getByRole('button', { name: 'Show one model' })).toBeVisible();
  // Its count has changed, and the keyboard is where it was.
  await expect(chip).toBeFocused();
  await expectAccessible(page, 'filter');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('the search is emptied by Escape and by its cross, and what is not GGUF says what to do and leads to the Hub @both', async ({
  page,
  agent,
}) => {
  const folder = join(agent.home, 'models', 'Tiny-Net');
  await mkdir(folder, { recursive: true });
  const tensors = Buffer.from('{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(tensors.length));
  await writeFile(join(folder, 'model.safetensors'), Buffer.concat([length, tensors, Buffer.alloc(8)]));
  await page.goto('/models');
  const search = page.getByRole('searchbox', { name: 'Search models' });
  const sample = page.getByRole('link', { name: /IMPETUS sample/u });
  await expect(page.getByRole('link', { name: /^Tiny-Net/u })).toBeVisible();
  await search.fill('tiny-net');
  await expect(sample).toHaveCount(0);
  await search.press('Escape');
  await expect(sample).toBeVisible();
  await search.fill('tiny-net');
  await expectAccessible(page, 'a search');
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(search).toBeFocused();
  await expect(sample).toBeVisible();

  await page.getByRole('link', { name: /^Tiny-Net/u }).click();
  const panel = page.getByRole('group', { name: 'This model cannot be loaded.' });
  await expect(panel).toContainText('SafeTensors');
  await expect(panel).toContainText(/Search the Hub for the same model with “GGUF” in its name/u);
  await panel.getByRole('button', { name: 'Search the Hub for it' }).click();
  await expect(page.getByRole('searchbox', { name: 'Search the Hub' })).toHaveValue('Tiny-Net');
});

test('a model is named, tagged, searched by its tag, removed after a question that names its file, and brought back', async ({
  page,
  agent,
}) => {
  test.slow();
  const folder = join(agent.home, 'models');
  const file = join(folder, 'second.gguf');
  await mkdir(folder, { recursive: true });
  await copyFile(join(agent.home, 'sample', 'impetus-sample.gguf'), file);
  await page.goto('/models');
  await page.getByRole('link', { name: /^second/u }).click();
  const more = async (item: string): Promise<void> => {
    await page
      .getByRole('article')
      .getByRole('button', { name: /^More about/u })
      .click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const rename = async (name: string): Promise<void> => {
    await more('Rename…');
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('button', { name: 'Rename' }).click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  };
  // A name without a place to break it makes no sheet wider than the screen.
  await rename('N'.repeat(70));
  await more('Notes…');
  await expect(page.getByRole('button', { name: 'Close' })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Escape');
  await rename('Fox');
  await more('Tags…');
  await page.getByRole('textbox', { name: 'Tags' }).fill('stories, night');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('article').getByText('night')).toBeVisible();
  await more('Notes…');
  await page.getByRole('textbox', { name: 'Notes' }).fill('Good at foxes.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Good at foxes.')).toBeVisible();
  await expectAccessible(page, 'detail');

  await page.getByRole('link', { name: 'Models' }).first().click();
  await page.getByRole('searchbox', { name: 'Search models' }).fill('night');
  await expect(page.getByRole('link', { name: /^Fox/u })).toBeVisible();
  await expect(page.getByRole('link', { name: /IMPETUS sample/u })).toHaveCount(0);
  await page.getByRole('link', { name: /^Fox/u }).click();
  // The way back leads to the row from which it was opened.
  await page.getByRole('main').getByRole('link', { name: 'Models' }).click();
  await expect(page.getByRole('link', { name: /^Fox/u })).toBeFocused();
  await page.getByRole('link', { name: /^Fox/u }).click();
  await more('Remove…');
  const question = page.getByRole('dialog', { name: 'Remove Fox?' });
  await expect(question).toContainText('second.gguf');
  await expectAccessible(page, 'remove');
  await question.getByRole('button', { name: /^Remove/u }).click();
  await expect(page.getByText('This model is not here')).toBeVisible();
  await expect(stat(file)).rejects.toThrow();
  // What had the focus is gone, and so is the question; the keyboard is still on the page.
  const back = page.getByRole('main').getByRole('link', { name: 'Models' });
  await expect(back).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(back).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Fox', level: 1 })).toBeVisible();
  expect((await stat(file)).size).toBeGreaterThan(1_000_000);
});

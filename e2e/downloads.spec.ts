import { temporaryFolder } from '@impetus/test-kit';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { openAsOwner } from './clients.ts';
import { startAgentWithHub, startHub } from './hub.ts';

/**
 * Bytes a second for one connection, of which a download has several. Too slow for any to end while a test looks at
 * it, however long a busy computer takes for that; who waits for the end takes the limit away first.
 */
const underWay = 20_000;

test('from a phone: search, choose a quant, download, load and chat, with the agent ended in the middle', async ({
  page,
}) => {
  test.slow();
  await using hub = await startHub();
  await using home = await temporaryFolder();
  await using first = await startAgentWithHub(home.path, hub);
  const { port } = new URL(first.url);
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`http://localhost:${port}/`)) foreign.push(request.url());
  });

  await openAsOwner(page, first, '/models');
  await page.getByRole('link', { name: 'Find models' }).click();
  const results = page.locator('.repo-row');
  await expect(results.first()).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search the Hub' }).fill('tiny chat');
  await expect(results).toHaveCount(1);
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByRole('dialog', { name: 'Filter' })).toBeVisible();
  await expectAccessible(page, 'search and its filter');
  await page.keyboard.press('Escape');
  await results.first().click();
  const repo = page.getByRole('article', { name: 'impetus-tests/tiny-chat-GGUF' });
  await expect(repo.getByRole('radio')).toHaveCount(3);
  await expect(repo.getByRole('radio', { name: /Q8_0 Recommended/u })).toBeChecked();
  await expect(repo.getByText(/^Fits, takes/u)).toHaveCount(3);
  await expect(repo.getByRole('heading', { name: 'Tiny chat', level: 2 })).toBeVisible();
  await expect(repo.getByText('everyday use')).toBeVisible();
  await expect(repo.locator('script, a[href^="javascript"]')).toHaveCount(0);
  await expectAccessible(page, 'repo');

  // Another one than the recommended, and a split: its parts are one download.
  const chosen = repo.getByRole('radio', { name: /^F32 2 files/u });
  await chosen.check();
  hub.limit(underWay);
  await repo.getByRole('button', { name: /^Download F32 14\.\d MB$/u }).click();
  await repo.getByRole('link', { name: 'Open Downloads' }).click();
  const row = page.getByRole('article', { name: 'tiny-chat-F32' });
  await expect(row).toContainText(/Downloading.*[kM]B of 14\.\d MB · .*\/s · .* left/su);
  await row.getByText('2 files').click();
  const parts = row.getByRole('listitem');
  await expect(parts).toHaveText([/^Part 1 of 2.*[kM]B of 3\.2 MB/su, /^Part 2 of 2.*11\.1 MB/su]);
  await expectAccessible(page, 'downloads');
  // How much is to go, and how fast it comes, can be read whole on a phone.
  const total = page.locator('.downloads-total');
  await expect(total).toHaveText(/MB to go · .*\/s/u);
  expect(await total.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  const bar = row.getByRole('progressbar', { name: /^tiny-chat-F32/u });
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  const before = Number(await bar.getAttribute('aria-valuenow'));
  first.kill('SIGKILL');
  await first.exited;
  await expect(page.getByRole('button', { name: /Connection: Studio (?:reconnecting|away)/u })).toBeVisible();

  await using second = await startAgentWithHub(home.path, hub, port);
  await expect(page.getByRole('button', { name: 'Connection: Studio connected' })).toBeVisible();
  await expect(row).toContainText(/Downloading|Tries again|In line/u);
  expect(Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThanOrEqual(before);
  await page.getByRole('link', { name: 'System' }).click();
  hub.limit(null);
  await expect(page).toHaveTitle(/^tiny-chat-F32 is here · /u, { timeout: 45_000 });
  await page.getByRole('link', { name: 'Downloads' }).click();
  await expect(page).toHaveTitle(/^Downloads/u);
  await expect(row).toContainText('In the library');
  await row.getByRole('link', { name: 'tiny-chat-F32', exact: true }).click();
  const model = page.getByRole('article', { name: /tiny-chat-F32/u });
  await model.getByRole('button', { name: /^Load /u }).click();
  await expect(model.getByRole('button', { name: /^Unload /u })).toBeVisible();
  await model.getByRole('button', { name: 'Chat', exact: true }).click();
  await page.getByRole('textbox', { name: 'Your question' }).fill('Hello! What are you?');
  await page.getByRole('button', { name: 'Send' }).click();
  const answer = page.getByRole('article', { name: /tiny-chat-F32/u });
  await expect(answer).toContainText('tokens/s');
  await expect(answer.getByRole('paragraph').first()).toHaveText(/\w+ \w+/u);
  expect(foreign).toEqual([]);
  expect(second.url).toContain(port);
});

test('downloads are put in order, paused, cancelled; what fails says why; a wish waits until the Mac is back @desktop', async ({
  page,
}) => {
  test.slow();
  await using hub = await startHub();
  await using home = await temporaryFolder();
  await using first = await startAgentWithHub(home.path, hub);
  const { port } = new URL(first.url);
  hub.limit(underWay);
  await openAsOwner(page, first, '/downloads');
  const add = async (name: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Repo on the Hub' }).fill(name);
    await page.getByRole('button', { name: /^Add/u }).click();
  };
  await add('no such thing at all');
  await expect(page.getByRole('alert')).toContainText('owner/name');
  await add('impetus-tests/padded-chat-GGUF');
  await add('many-models/model-01-GGUF');
  await add('many-models/model-02-GGUF');
  await add('many-models/model-03-GGUF');
  const rows = page.getByRole('region', { name: 'Under way' }).getByRole('article');
  await expect(rows).toHaveCount(4);
  const handle = page.getByRole('button', { name: /^Move .*model-03/u });
  await handle.focus();
  // Faster than the agent answers: what it says of the first step puts the row back for a moment.
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(rows.nth(1)).toHaveAccessibleName(/model-03/u);
  await expect(handle).toBeFocused();
  const box = await handle.boundingBox();
  const target = await rows.first().boundingBox();
  await page.mouse.move((box?.x ?? 0) + 8, (box?.y ?? 0) + 8);
  await page.mouse.down();
  await page.mouse.move((target?.x ?? 0) + 8, (target?.y ?? 0) + 4, { steps: 5 });
  await page.mouse.up();
  await expect(rows.first()).toHaveAccessibleName(/model-03/u);
  const padded = page.getByRole('article', { name: /padded/u });
  await expect(padded).toContainText(/[kM]B of 67\.1 MB/u);
  await page.getByRole('button', { name: /^Pause .*padded/u }).click();
  await expect(padded).toContainText('Paused');
  await page.getByRole('button', { name: /^More about .*padded/u }).click();
  await page.getByRole('menuitem', { name: 'Cancel' }).click();
  const question = page.getByRole('dialog', { name: /^Cancel the download of padded/u });
  await expect(question).toContainText(/[kM]B that came so far are taken off the disk/u);
  await expectAccessible(page, 'cancelling');
  await question.getByRole('button', { name: 'Keep it' }).click();
  await expect(rows).toHaveCount(4);
  await page.getByRole('button', { name: /^More about .*padded/u }).click();
  await page.getByRole('menuitem', { name: 'Cancel' }).click();
  await question.getByRole('button', { name: 'Cancel the download' }).click();
  await expect(rows).toHaveCount(3);
  // The row had the focus: the one that took its place has it now.
  await expect(page.getByRole('region', { name: 'Under way' }).locator(':focus')).toBeVisible();
  await page.getByRole('button', { name: 'How downloads run' }).click();
  const settings = page.getByRole('dialog', { name: 'How downloads run' });
  await settings.getByRole('textbox', { name: 'Top speed' }).fill('2,5');
  await page.keyboard.press('Tab');
  await expect
    .poll(async () => settings.getByRole('textbox', { name: 'Top speed' }).inputValue())
    .toBe('2.5');
  await settings.getByRole('button', { name: 'Add hours' }).click();
  await expect(settings.getByLabel('From')).toHaveValue('23:00');
  await expectAccessible(page, 'settings');
  await settings.getByRole('button', { name: 'Remove hours 1' }).click();
  await expect(settings.getByText('Downloads run at any time.')).toBeVisible();
  await expect(settings.getByRole('button', { name: 'Add hours' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(settings).toHaveCount(0);

  first.kill('SIGKILL');
  await first.exited;
  await expect(page.getByRole('button', { name: /Connection: Studio away/u })).toBeVisible();
  await add('impetus-tests/tiny-chat-GGUF');
  await expect(page.getByRole('region', { name: 'Wishes' })).toContainText('impetus-tests/tiny-chat-GGUF');
  hub.limit(null);
  await using _second = await startAgentWithHub(home.path, hub, port);
  await expect(page.getByRole('region', { name: 'Wishes' })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Finished' })).toContainText(/tiny-chat/u, {
    timeout: 45_000,
  });
});

test('a first start offers a model that fits and brings it by one press, and offers it no more once it is there @both', async ({
  page,
}) => {
  await using hub = await startHub();
  await using home = await temporaryFolder();
  await using agent = await startAgentWithHub(home.path, hub);
  await openAsOwner(page, agent, '/models');
  const offered = page.getByRole('region', { name: 'Fits Studio' });
  await expect(offered.getByRole('listitem')).toHaveCount(1);
  await expect(offered).toContainText(/Qwen3-0\.6B-Q8_0.*3\.8 MB · apache-2\.0.*for a first try/su);
  await expectAccessible(page, 'a first start');
  hub.limit(underWay);
  await offered.getByRole('button', { name: 'Download Qwen3-0.6B-Q8_0' }).click();
  await expect(offered.getByRole('link', { name: 'On its way' })).toBeVisible();
  hub.limit(null);
  await expect(offered).toHaveCount(0, { timeout: 60_000 });
  await expect(page.locator('.model-row, .model-card').filter({ hasText: 'Qwen3-0.6B-Q8_0' })).toBeVisible();
});

test('two screens: what one changes by keyboard alone the other shows, and what fails is told on both @both', async ({
  page,
  browser,
}) => {
  test.slow();
  await using hub = await startHub();
  await using home = await temporaryFolder();
  await using agent = await startAgentWithHub(home.path, hub);
  hub.limit(underWay);
  for (const name of ['padded-chat-GGUF', 'tiny-chat-GGUF:F32'])
    await agent.cli('pull', `impetus-tests/${name}`);
  await agent.cli('pull', 'many-models/model-01-GGUF');
  const second = await browser.newPage();
  await openAsOwner(page, agent, '/downloads');
  await openAsOwner(second, agent, '/downloads');
  const rowsOf = (screen: Page) => screen.getByRole('region', { name: 'Under way' }).getByRole('article');
  for (const screen of [page, second]) await expect(rowsOf(screen)).toHaveCount(3);

  // From the field for names on, with nothing but keys: the third one up to the first place.
  await page.getByRole('textbox', { name: 'Repo on the Hub' }).focus();
  const handle = page.getByRole('button', { name: 'Move model-01-Q8_0: arrow keys' });
  await tabTo(page, handle);
  await page.keyboard.press('ArrowUp');
  await expect(rowsOf(second).nth(1)).toHaveAccessibleName('model-01-Q8_0');
  await expect(handle).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(rowsOf(second).first()).toHaveAccessibleName('model-01-Q8_0');
  await expect(page.getByRole('status').filter({ hasText: 'model-01-Q8_0 is 1 of 3.' })).toBeAttached();

  // Its priority by its menu, and a pause by its button.
  await tabTo(page, page.getByRole('button', { name: 'Pause tiny-chat-F32' }));
  await page.keyboard.press('Enter');
  await expect(second.getByRole('article', { name: 'tiny-chat-F32' })).toContainText('Paused');
  await tabTo(page, page.getByRole('button', { name: 'More about tiny-chat-F32' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('menuitem', { name: 'High priority' }), 'ArrowDown');
  await page.keyboard.press('Enter');
  await expect(rowsOf(second).first()).toHaveAccessibleName('tiny-chat-F32');
  await expect(rowsOf(second).first()).toContainText('High priority');
  await expectAccessible(page, 'queue');

  // What goes wrong is told where nobody looks at the list, too.
  await second.getByRole('link', { name: 'System' }).first().click();
  await tabTo(page, page.getByRole('button', { name: 'Pause padded-chat-Q8_0' }));
  await page.keyboard.press('Enter');
  const resume = page.getByRole('button', { name: 'Resume padded-chat-Q8_0' });
  await expect(resume).toBeVisible();
  hub.fault({ kind: 'unauthorized', path: 'padded' });
  await tabTo(page, resume);
  await page.keyboard.press('Enter');
  await expect(second).toHaveTitle(/^padded-chat-Q8_0 failed · /u);
  const failed = page
    .getByRole('region', { name: 'Failed' })
    .getByRole('article', { name: 'padded-chat-Q8_0' });
  await expect(failed).toContainText(/give the agent a token that may read it; then try again/u);
  await expectAccessible(page, 'a failed download');
  hub.clearFaults();
  hub.limit(null);
  await tabTo(page, page.getByRole('button', { name: 'Try again to download padded-chat-Q8_0' }));
  await page.keyboard.press('Enter');
  await expect(second).toHaveTitle(/padded-chat-Q8_0 is here|2 models are here/u, { timeout: 45_000 });
  await expect(page.getByRole('region', { name: 'Finished' })).toContainText('padded-chat-Q8_0');
});

/** Presses a key until that has the focus. */
async function tabTo(page: Page, wanted: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key);
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`No number of presses of ${key} leads to ${String(wanted)}.`);
}

import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  needsSharedModels,
  sharedModels,
  startAgentProcess,
  temporaryFolder,
  type AgentProcess,
} from '@impetus/test-kit';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { openAsOwner } from './clients.ts';
import { expect, test } from './fixtures.ts';

interface Runner {
  readonly modelId: string;
  readonly contextSize: number | null;
  readonly pid: number | null;
}

/** The runners, as the agent has them and not the page. */
async function runnersOf(agent: AgentProcess): Promise<readonly Runner[]> {
  return (await agent.cli<{ runners: readonly Runner[] }>('status')).runners;
}

interface Planned {
  readonly plan: { readonly estimate: { readonly totalBytes: number } };
}

/** Models may take more than one sample takes as the machine would hold it, and less than two. */
async function leaveRoomForOne(agent: AgentProcess): Promise<void> {
  const { plan } = await agent.cli<Planned>('models', 'show', 'impetus-sample');
  await agent.cli('settings', 'set', `memoryLimitBytes=${Math.round(plan.estimate.totalBytes * 1.5)}`);
}

/** Opens the settings of a model: a sheet on a phone, beside the list on a larger screen. */
async function openSettings(page: Page, model: string, isMobile: boolean): Promise<Locator> {
  await page.goto(`/models/${model}`);
  if (isMobile) {
    await page.getByRole('article').getByRole('button', { name: 'Settings', exact: true }).click();
    return page.getByRole('dialog', { name: /^Settings of/u });
  }
  await page.getByRole('article').getByRole('radio', { name: 'Settings' }).check();
  return page.getByRole('region', { name: /^Settings of/u });
}

/** Puts a second model into the models folder: the sample under another name. */
async function addModel(page: Page, agent: AgentProcess): Promise<void> {
  const folder = join(agent.home, 'models');
  await mkdir(folder, { recursive: true });
  await copyFile(join(agent.home, 'sample', 'impetus-sample.gguf'), join(folder, 'second.gguf'));
  await page.goto('/models');
  await expect(page.getByRole('link', { name: /second/u })).toBeVisible();
}

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

test('a context size is chosen, saved, and holds after a reload', async ({ page, agent, isMobile }) => {
  await agent.cli('models', 'load', 'impetus-sample');
  const settings = await openSettings(page, 'impetus-sample', isMobile);
  const field = settings.getByRole('textbox', { name: 'Context size' });
  await expect(settings.getByText(/Chosen for this Mac: [\d,]+\./u)).toBeVisible();
  await field.fill('64');
  await expect(settings.getByText('Enter 128 or more.')).toBeVisible();
  await expect(settings.getByRole('button', { name: 'Save' })).toBeDisabled();
  await field.fill('1,024');
  await expect(settings.getByRole('img', { name: /IMPETUS sample would take/u })).toBeVisible();
  await settings.getByRole('button', { name: 'Save' }).click();
  await expect(settings.getByText('Needs a reload to apply.')).toBeVisible();
  expect((await runnersOf(agent))[0]?.contextSize).not.toBe(1_024);
  await settings.getByRole('button', { name: 'Reload IMPETUS sample' }).click();
  await expect.poll(async () => (await runnersOf(agent))[0]?.contextSize).toBe(1_024);
  await expect(settings.getByText('Needs a reload to apply.')).toBeHidden();
  await settings.getByRole('button', { name: 'Use the default: Context size' }).click();
  await expect(field).toHaveValue('');
});

test('the slider sets the context size, and the memory bar follows', async ({ page, isMobile }) => {
  const settings = await openSettings(page, 'impetus-sample', isMobile);
  const slider = settings.getByRole('slider', { name: 'Context size' });
  const bar = settings.getByRole('img', { name: /would take/u });
  const before = await bar.getAttribute('aria-label');
  await slider.press('Home');
  await expect(settings.getByRole('textbox', { name: 'Context size' })).toHaveValue('512');
  await expect(slider).toHaveAttribute('aria-valuetext', '512 tokens');
  await expect(bar).not.toHaveAttribute('aria-label', before ?? '');
});

test('what was changed and not saved survives leaving the settings @both', async ({ page, isMobile }) => {
  const settings = await openSettings(page, 'impetus-sample', isMobile);
  await settings.getByRole('textbox', { name: 'Sequences' }).fill('2');
  await expect(settings.getByText('Not saved yet.')).toBeVisible();
  if (isMobile) await page.keyboard.press('Escape');
  else await page.getByRole('article').getByRole('radio', { name: 'About' }).check();
  await expect(page.getByText('Settings were changed and not saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(settings.getByRole('textbox', { name: 'Sequences' })).toHaveValue('2');
  await settings.getByRole('button', { name: 'Discard' }).click();
  await expect(settings.getByRole('textbox', { name: 'Sequences' })).toHaveValue('');
});

test('a sheet gives the focus back to what opened it', async ({ page, isMobile }) => {
  test.skip(!isMobile, 'On a larger screen the settings stand on the page.');
  const settings = await openSettings(page, 'impetus-sample', isMobile);
  await expect(settings).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(
    page.getByRole('article').getByRole('button', { name: 'Settings', exact: true }),
  ).toBeFocused();
});

test('an alias answers in a chat, and a name that is taken is refused', async ({
  page,
  agent,
  request,
  isMobile,
}) => {
  const settings = await openSettings(page, 'impetus-sample', isMobile);
  const field = settings.getByRole('textbox', { name: 'Aliases' });
  await field.fill('gpt-4o, not good?');
  await expect(settings.getByText(/“good\?”: An alias has/u)).toBeVisible();
  await field.fill('default');
  await settings.getByRole('button', { name: 'Save' }).click();
  await expect(settings.getByText(/The settings were not saved\./u)).toBeVisible();
  await field.fill('gpt-4o');
  await settings.getByRole('button', { name: 'Save' }).click();
  await expect(settings.getByText('Not saved yet.')).toBeHidden();
  await expect(settings.getByRole('button', { name: 'Save' })).toBeDisabled();
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Test');
  const answer = await request.post('/v1/chat/completions', {
    headers: { authorization: `Bearer ${key}` },
    data: { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello!' }], max_tokens: 8 },
  });
  expect(answer.status()).toBe(200);
  await page.goto('/models/impetus-sample');
  await expect(page.getByRole('article').getByText('gpt-4o')).toBeVisible();
});

test('switching makes a model the default and loads it in one tap', async ({ page, agent }) => {
  await addModel(page, agent);
  await page.getByRole('button', { name: 'Switch to second' }).click();
  await expect(page.getByRole('button', { name: 'Unload second' })).toBeVisible();
  await expect(page.getByRole('link', { name: /second.*Default/u })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Switch to second' })).toHaveCount(0);
});

test('a load that unloads another says so on its button first', async ({ page, agent }) => {
  await leaveRoomForOne(agent);
  await agent.cli('models', 'load', 'impetus-sample');
  await addModel(page, agent);
  await page.getByRole('button', { name: 'Load second' }).click();
  const sheet = page.getByRole('dialog', { name: 'Load second?' });
  await expect(sheet).toContainText('unloads IMPETUS sample');
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Load second' })).toBeFocused();
  await page.getByRole('link', { name: /second/u }).click();
  await page
    .getByRole('article')
    .getByRole('button', { name: 'Load second and unload IMPETUS sample' })
    .click();
  await expect(
    page.getByRole('article', { name: 'second' }).getByRole('button', { name: 'Unload second' }),
  ).toBeVisible();
  expect((await runnersOf(agent)).map(({ modelId }) => modelId)).toEqual(['second']);
});

test('a load that does not fit offers a context that does', async ({ page, agent }) => {
  await leaveRoomForOne(agent);
  await agent.cli('models', 'set', 'impetus-sample', 'contextSize=1000000');
  await page.goto('/models');
  await page.getByRole('button', { name: 'Load IMPETUS sample' }).click();
  const sheet = page.getByRole('dialog', { name: 'Load IMPETUS sample?' });
  await expect(sheet).toContainText('Does not fit with 1,000,000 tokens of context');
  await sheet.getByRole('button', { name: /^Load with [\d,]+ tokens$/u }).click();
  await expect(page.getByRole('button', { name: 'Unload IMPETUS sample' })).toBeVisible();
  const [runner] = await runnersOf(agent);
  expect(runner?.contextSize).toBeGreaterThan(256);
  expect(runner?.contextSize).toBeLessThan(1_000_000);
});

test('all answers are stopped at once, whoever asked for them', async ({ page, agent, request }) => {
  await agent.cli('models', 'load', 'impetus-sample');
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Another');
  await page.goto('/');
  // A runner that is held still is busy for as long as the test needs it to be.
  const pid = (await runnersOf(agent))[0]?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  const answer = request.post('/v1/chat/completions', {
    headers: { authorization: `Bearer ${key}` },
    data: { model: 'impetus-sample', messages: [{ role: 'user', content: 'Hello!' }] },
  });
  await page.getByRole('button', { name: /^Running: IMPETUS sample (?:Busy|Reading)/u }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop all answers' }).click();
  const question = page.getByRole('dialog', { name: 'Stop all answers?' });
  await expect(question).toContainText('They are asked of IMPETUS sample');
  await question.getByRole('button', { name: 'Stop all answers' }).click();
  await expect(question).toBeHidden();
  process.kill(pid, 'SIGCONT');
  expect((await answer).status()).not.toBe(200);
  await expect(page.getByRole('dialog', { name: 'Running' })).toContainText('Ready');
});

test('all memory is freed after a question that names what goes', async ({ page, agent }) => {
  await agent.cli('models', 'load', 'impetus-sample');
  await addModel(page, agent);
  await page.getByRole('button', { name: 'Load second' }).click();
  await expect(page.getByRole('button', { name: 'Unload second' })).toBeVisible();
  await page.getByRole('button', { name: /^Running:/u }).click();
  const running = page.getByRole('dialog', { name: 'Running' });
  await running.getByRole('button', { name: 'Free all memory' }).click();
  const question = page.getByRole('dialog', { name: 'Free all memory?' });
  await expect(question).toContainText('IMPETUS sample and second will be unloaded.');
  await question.getByRole('button', { name: 'Free all memory' }).click();
  await expect(running).toContainText('No model is loaded');
  expect(await runnersOf(agent)).toEqual([]);
});

test('axe finds nothing to object to in the settings, the load plan and the running sheet', async ({
  page,
  agent,
  isMobile,
}) => {
  // Axe looks at the whole page time and again.
  test.slow();
  const check = (what: string): Promise<void> => expectAccessible(page, what);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await leaveRoomForOne(agent);
  const settings = await openSettings(page, 'impetus-sample', isMobile);
  await settings.getByRole('button', { name: 'Add an adapter' }).click();
  await settings.getByRole('radio', { name: 'By a model' }).check();
  await expect(settings.getByText('Choose the model that guesses.')).toBeVisible();
  await check('settings');
  await agent.cli('models', 'set', 'impetus-sample', 'contextSize=1000000');
  await page.goto('/models');
  await page.getByRole('button', { name: 'Load IMPETUS sample' }).click();
  await expect(page.getByRole('dialog')).toContainText('Does not fit');
  await check('load plan');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: /^Running:/u }).click();
  await expect(page.getByRole('dialog', { name: 'Running' })).toBeVisible();
  await check('running sheet');
});

test.describe(`trained models${needsSharedModels}`, () => {
  test.skip(sharedModels === null, 'The trained test models are not here.');

  test('tell a story on the page', async ({ page }) => {
    await using home = await temporaryFolder();
    await using agent = await startAgentProcess({ home: home.path, models: sharedModels ?? undefined });
    await openAsOwner(page, agent, '/');
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

import { startAgentProcess, temporaryFolder } from '@impetus/test-kit';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { chatWithKey, createKey, holdRunner, openAsOwner } from './clients.ts';
import { expect, test } from './fixtures.ts';

const atOnce = 'At once, per key';
const longestLine = 'Longest line';

/** Enters a number as a person does, and leaves the field. */
async function enter(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label }).fill(text);
  await page.keyboard.press('Tab');
}

/** What stands under a field. */
function noteOf(page: Page, label: string) {
  return page.locator('.number-field', { has: page.getByRole('textbox', { name: label }) });
}

test('a phone finds the page behind More, a larger screen in the rail @both', async ({ page, isMobile }) => {
  await page.goto('/');
  if (isMobile) {
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Settings' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  } else {
    await page.getByRole('link', { name: 'Settings' }).click();
  }
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
});

test('a limit that is set here is enforced: one request at once, and the second is told to wait', async ({
  page,
  agent,
}) => {
  const key = await createKey(agent, 'Laptop');
  await page.goto('/settings');
  await enter(page, atOnce, '1');
  await expect(noteOf(page, atOnce)).toContainText('Saved');
  let first: ReturnType<typeof chatWithKey>;
  {
    using _held = await holdRunner(agent);
    const requests = await page.context().newPage();
    await requests.goto('/requests');
    first = chatWithKey(agent, key, { question: 'Tell me a story.' });
    await expect(requests.getByRole('link', { name: /IMPETUS sample.*Laptop/u })).toBeVisible();
    expect(await chatWithKey(agent, key, { question: 'And another.' })).toBe(429);
  }
  expect(await first).toMatchObject({ completion_tokens: expect.any(Number) });
});

test('what is typed while the value before is still being saved stays', async ({ page }) => {
  let answers = Promise.resolve();
  await page.routeWebSocket(/./u, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => void answers.then(() => socket.send(message)));
  });
  await page.goto('/settings');
  const field = page.getByRole('textbox', { name: atOnce });
  await expect(field).toBeVisible();
  const answered = Promise.withResolvers<void>();
  answers = answered.promise;
  await field.fill('3');
  await field.press('Enter');
  await expect(noteOf(page, atOnce)).toContainText('Saving');
  await field.fill('42');
  answered.resolve();
  await expect(noteOf(page, atOnce)).toContainText('Saved');
  await expect(field).toHaveValue('42');
});

test('what was set is still set after the agent was restarted', async ({ page }) => {
  await using home = await temporaryFolder();
  const env = { IMPETUS_NAME: 'Studio' };
  await using first = await startAgentProcess({ home: home.path, env });
  const { port } = new URL(first.url);
  await openAsOwner(page, first, '/settings');
  await enter(page, 'Limit for models', '2,5');
  await expect(noteOf(page, 'Limit for models')).toContainText('Saved');
  await page.getByRole('switch', { name: 'Keep an empty runner ready' }).click();
  await expect(page.getByRole('switch', { name: 'Keep an empty runner ready' })).not.toBeChecked();
  await page.getByRole('button', { name: 'Unload an idle model: After 30 min' }).click();
  await page.getByRole('option', { name: 'Never' }).click();
  await expect(page.getByRole('group', { name: 'Unload an idle model' })).toContainText('Saved');
  await first[Symbol.asyncDispose]();

  await using again = await startAgentProcess({ home: home.path, env: { ...env, IMPETUS_HTTP_PORT: port } });
  expect(again.url).toContain(port);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Connection: Studio connected' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Limit for models' })).toHaveValue('2.5');
  await expect(page.getByRole('switch', { name: 'Keep an empty runner ready' })).not.toBeChecked();
  await expect(page.getByRole('button', { name: 'Unload an idle model: Never' })).toBeVisible();
});

test('what cannot be is refused beside its field, and the default is one press away', async ({ page }) => {
  await page.goto('/settings');
  await enter(page, longestLine, '0');
  await expect(noteOf(page, longestLine)).toContainText('Enter a whole number from 1 to 10,000.');
  await expect(page.getByRole('textbox', { name: longestLine })).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('textbox', { name: longestLine }).press('Escape');
  await expect(page.getByRole('textbox', { name: longestLine })).toHaveValue('256');

  await page.getByRole('textbox', { name: longestLine }).fill('12');
  await page.getByRole('textbox', { name: longestLine }).press('Enter');
  await expect(noteOf(page, longestLine)).toContainText('Saved');
  await page.getByRole('button', { name: 'Longest line: use the default, 256 requests' }).click();
  await expect(page.getByRole('textbox', { name: longestLine })).toHaveValue('256');
  await page.reload();
  await expect(page.getByRole('textbox', { name: longestLine })).toHaveValue('256');
});

test('two screens do not overwrite each other unseen', async ({ page, context }) => {
  const other = await context.newPage();
  await page.goto('/settings');
  await expect(page.getByRole('textbox', { name: longestLine })).toHaveValue('256');
  await other.goto('/settings');
  await enter(other, longestLine, '20');
  await expect(noteOf(other, longestLine)).toContainText('Saved');

  await enter(page, longestLine, '12');
  await expect(noteOf(page, longestLine)).toContainText('Another screen has set this to 20 requests');
  await expect(page.getByRole('textbox', { name: longestLine })).toHaveValue('20');
  await page.getByRole('button', { name: 'Use 12 requests' }).click();
  await expect(noteOf(page, longestLine)).toContainText('Saved');
  await other.reload();
  await expect(other.getByRole('textbox', { name: longestLine })).toHaveValue('12');
});

test('text is kept once that is switched on, and forgotten when its owner says so', async ({
  page,
  agent,
}) => {
  const key = await createKey(agent, 'Laptop');
  await page.goto('/settings');
  await page.getByRole('switch', { name: 'Keep the text of prompts and answers' }).click();
  await expect(page.getByRole('switch', { name: 'Keep the text of prompts and answers' })).toBeChecked();
  await chatWithKey(agent, key, { question: 'Where do the swallows winter?' });

  const requests = await page.context().newPage();
  await requests.goto('/requests');
  await requests.getByRole('link', { name: /IMPETUS sample/u }).click();
  await expect(requests.getByRole('region', { name: 'Prompt' })).toContainText(
    'Where do the swallows winter?',
  );
  await expect(requests.getByRole('region', { name: 'Answer' })).not.toBeEmpty();

  await page.getByRole('button', { name: 'Forget all text now…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Forget all text' }).click();
  await expect(page.getByText('The text of all requests was forgotten.')).toBeVisible();
  await requests.reload();
  await expect(requests.getByRole('article', { name: 'Request to IMPETUS sample' })).toContainText(
    'The text of this request is not kept.',
  );
  await expect(requests.getByText('Where do the swallows winter?')).toHaveCount(0);
});

test.describe('away', () => {
  test.use({ serviceWorkers: 'allow' });

  test('while the Mac is away its settings can be read and not changed', async ({ page }) => {
    await using home = await temporaryFolder();
    await using agent = await startAgentProcess({ home: home.path, env: { IMPETUS_NAME: 'Studio' } });
    await openAsOwner(page, agent, '/settings');
    await expect(page.getByRole('textbox', { name: longestLine })).toHaveValue('256');
    await page.evaluate(() => navigator.serviceWorker.ready);
    agent.kill('SIGKILL');
    await agent.exited;
    await expect(page.getByRole('button', { name: /Connection: Studio away since/u })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('textbox', { name: longestLine })).toHaveValue('256');
    await expect(page.getByRole('textbox', { name: longestLine })).not.toBeEditable();
    await expect(page.getByText(/^as of /u)).toBeVisible();
    await page.getByRole('switch', { name: 'Keep an empty runner ready' }).click({ force: true });
    await expect(page.getByText('Studio is not connected.')).toBeVisible();
    await expect(page.getByRole('switch', { name: 'Keep an empty runner ready' })).toBeChecked();
  });
});

test('axe finds nothing to object to, in light and in dark', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/settings');
  await enter(page, longestLine, '0');
  await expect(noteOf(page, longestLine)).toContainText('Enter a whole number');
  await enter(page, atOnce, '3');
  await expect(noteOf(page, atOnce)).toContainText('Saved');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page);
  }
});

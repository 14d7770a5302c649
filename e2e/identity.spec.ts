import { owner, signInAsOwner, startAgentProcess, temporaryFolder } from '@impetus/test-kit';
import type { Page } from '@playwright/test';
import { callerOf } from './clients.ts';
import { expect, test } from './fixtures.ts';

const connected = (page: Page) => page.getByRole('button', { name: 'Connection: Studio connected' });

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test.describe('before there is an owner', () => {
  test.use({ storageState: undefined });

  test('any address leads to the set-up; the printed link makes the account and leaves no code behind @desktop', async ({
    page,
  }) => {
    await using home = await temporaryFolder();
    await using agent = await startAgentProcess({
      home: home.path,
      env: { IMPETUS_NAME: 'Studio' },
      withoutOwner: true,
    });
    const base = agent.url.replace('127.0.0.1', 'localhost');
    const { url = '', code = '' } = agent.setup ?? {};
    await page.goto(`${base}/models`);
    await expect(page.getByRole('heading', { name: 'Set up Studio' })).toBeVisible();
    await expect(page).toHaveURL(`${base}/setup`);
    await expect(page.getByText('The terminal in which IMPETUS was started shows it')).toBeVisible();

    await page.getByLabel('Set-up code').fill('aaaa-bbbb-cccc-dddd');
    await page.getByLabel('Your name').fill('Johanna');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await expect(page.getByText('Too short: 5 more characters.')).toBeVisible();
    await page.getByLabel('Password', { exact: true }).fill('swallows winter south');
    await expect(page.getByText('Strong.')).toBeVisible();
    await page.getByRole('button', { name: 'Make the account' }).click();
    await expect(page.getByRole('alert')).toContainText('This is not the set-up code.');

    // The link as the terminal prints it, opened in the same window.
    await page.goto(url);
    await expect(page.getByLabel('Set-up code')).toHaveValue(code);
    expect(page.url()).toBe(`${base}/setup`);
    expect(await page.evaluate(() => performance.getEntriesByType('navigation')[0]?.name)).not.toContain(
      code,
    );
    await page.getByLabel('Your name').fill('Johanna');
    await page.getByLabel('Password', { exact: true }).fill('swallows winter south');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await expect(page.getByRole('heading', { name: 'Studio is set up' })).toBeVisible();
    await page.getByRole('button', { name: 'Go to Chat' }).click();
    await expect(connected(page)).toBeVisible();

    await page.goto(`${base}/setup`);
    await expect(page.getByRole('heading', { name: 'Studio is set up already' })).toBeVisible();
  });
});

test('signing out and in: the address stays, and a wrong password says so @desktop', async ({ page }) => {
  const linked = page.waitForEvent('websocket');
  await page.goto('/settings');
  const link = await linked;
  await page.getByRole('button', { name: 'Sign out…', exact: true }).click();
  // The agent's answer is held back: by then it has closed the link of the session that it ended.
  const cut = link.waitForEvent('close');
  const seen = Promise.withResolvers<void>();
  await page.route('**/trpc/session.signOut', async (route) => {
    const response = await route.fetch();
    await seen.promise;
    await route.fulfill({ response });
  });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click();
  await cut;
  // That is no session which ended by itself, to be looked into and asked for in place.
  await page.evaluate(() => document.title);
  expect(asked).toEqual(['/trpc/session.signOut']);
  seen.resolve();
  await expect(page.getByRole('heading', { name: 'Sign in to Studio' })).toBeVisible();
  const kept = await page.evaluate(async () => {
    const open = indexedDB.open('impetus');
    await new Promise((resolve) => open.addEventListener('success', resolve));
    const all = open.result.transaction('values').objectStore('values').getAllKeys();
    await new Promise((resolve) => all.addEventListener('success', resolve));
    return all.result;
  });
  expect(kept).toEqual([]);

  await page.goto('/keys');
  await signIn(page, owner.name, 'not the password');
  await expect(page.getByRole('alert')).toContainText('The name or the password is not right.');
  await signIn(page, owner.name, owner.password);
  await expect(page.getByRole('heading', { name: 'Keys', level: 1 })).toBeVisible();
  await expect(connected(page)).toBeVisible();
});

test('a session that ends while a page is open is asked for in place, and nothing is lost @desktop', async ({
  page,
  agent,
}) => {
  await page.goto('/');
  await page.getByRole('textbox', { name: 'Your question' }).fill('Where do the swallows winter?');
  await expect(connected(page)).toBeVisible();
  const other = callerOf(await signInAsOwner(agent.url, null));
  const devicesBefore = await other.devices();
  const sessions = await other.query<{ id: string; current: boolean }[]>('session.list');
  await other.mutate('session.revoke', { id: sessions.find(({ current }) => !current)?.id });
  const dialog = page.getByRole('dialog', { name: /Sign in to Studio again/u });
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Connection: Studio signed out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click();
  await signIn(page, owner.name, owner.password);
  await expect(connected(page)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Your question' })).toHaveValue(
    'Where do the swallows winter?',
  );
  // It is the same device as before, and not another one each time.
  expect(await other.devices()).toEqual(devicesBefore);
});

test('a key is shown once, works, and is refused as soon as it is revoked @desktop', async ({
  page,
  agent,
}) => {
  await page.goto('/keys');
  await page.getByRole('button', { name: 'Create a key' }).first().click();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Editor');
  await page.getByRole('dialog').getByRole('button', { name: 'Create the key' }).click();
  const secret = await page.getByLabel('the key', { exact: true }).innerText();
  expect(secret).toMatch(/^imp_[A-Za-z0-9]+_[\w-]+$/u);
  const models = (key: string) =>
    fetch(`${agent.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } }).then(
      ({ status }) => status,
    );
  expect(await models(secret)).toBe(200);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('link', { name: /Editor.*Chat only/u })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('link', { name: /Editor.*Chat only/u })).toBeVisible();
  expect(await page.content()).not.toContain(secret);

  await page.getByRole('link', { name: /Editor/u }).click();
  await page.getByRole('button', { name: 'New secret…' }).click();
  await page.getByRole('button', { name: 'Make a new secret' }).click();
  const next = await page.getByLabel('the key', { exact: true }).innerText();
  await page.getByRole('button', { name: 'Done' }).click();
  expect([await models(secret), await models(next)]).toEqual([401, 200]);

  await page.getByRole('button', { name: 'Revoke…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke the key' }).click();
  await expect(page.getByRole('link', { name: /Editor\s*Revoked/u })).toBeVisible();
  expect(await models(next)).toBe(401);
});

test('the audit is narrowed by outcome, action and text, and exported as it is narrowed @desktop', async ({
  page,
  agent,
}) => {
  await agent.cli('keys', 'create', '--name', 'Laptop');
  // A list long enough that it takes a while to draw: the page once drew itself anew while it did, without end.
  const caller = agent.browser === null ? null : callerOf(agent.browser);
  for (let count = 0; count < 60; count += 1) {
    await caller?.mutate('keys.create', { name: `Tool ${count}`, scopes: ['infer'] });
  }
  await page.goto('/audit');
  const rows = page.getByRole('region', { name: 'Audit' }).getByRole('listitem');
  await expect(rows.filter({ hasText: 'Created a key' })).toHaveCount(50);
  await rows.last().scrollIntoViewIfNeeded();
  await expect(rows.filter({ hasText: 'Created a key' })).toHaveCount(61);
  await expect(rows.filter({ hasText: 'Made the owner’s account' })).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Name, address or subject' }).fill('Laptop');
  await expect(rows).toHaveText([/Created a key.*Laptop/u]);
  await rows.first().click();
  await expect(rows.first()).toContainText('keys.create');

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export' }).click();
  const file = await (await download).createReadStream();
  let text = '';
  for await (const part of file) text += String(part);
  const entries = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { action: string });
  expect(entries.map(({ action }) => action)).toContain('keys.create');
  expect(entries.map(({ action }) => action)).not.toContain('setup.finish');

  await page.getByRole('radio', { name: 'Refused' }).check();
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(rows.filter({ hasText: 'Created a key' })).not.toHaveCount(0);
});

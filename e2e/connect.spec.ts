import { expectAccessible } from './axe.ts';
import { chatWithKey } from './clients.ts';
import { expect, test } from './fixtures.ts';

test('a tool gets a key, its configuration, and a self-test that says line by line whether it will work @both', async ({
  page,
  agent,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' });
  await page.goto('/connect');
  await page.getByRole('searchbox', { name: 'Search tools' }).fill('terminal open');
  await expect(page.getByRole('link', { name: /opencode/u })).toBeVisible();
  await expect(page.getByRole('link', { name: /Zed/u })).toHaveCount(0);
  await page.getByRole('link', { name: /opencode/u }).click();

  const tool = page.getByRole('article', { name: 'opencode' });
  // On a phone the tool is in a sheet, and so is the list: whoever listens to the page has to be told of it.
  await tool.getByRole('button', { name: /^Address/u }).click();
  await page.getByRole('option', { name: /^http:\/\/localhost/u }).click();
  const file = tool.getByLabel('~/.config/opencode/opencode.json block');
  await expect(file).toContainText(`"baseURL": "${agent.url.replace('127.0.0.1', 'localhost')}/v1"`);
  await expect(tool.getByRole('button', { name: 'Test' })).toHaveAttribute('aria-disabled', 'true');
  await tool.getByRole('button', { name: 'Create the key' }).click();
  const key = (await tool.getByRole('status', { name: 'the key' }).textContent()) ?? '';
  await expect(tool.getByLabel('Terminal block')).toContainText(`export IMPETUS_API_KEY=${key}`);
  expect(await chatWithKey(agent, key, { question: 'Hello!' })).toMatchObject({ completion_tokens: 16 });

  await expect(tool.getByText('32,768 tokens of context', { exact: true })).toBeVisible();
  await tool.getByRole('button', { name: 'Test' }).click();
  const line = (name: string) => tool.getByRole('listitem').filter({ hasText: name });
  await expect(line('Context length')).toContainText('Passed');
  for (const name of ['Key and model', 'Streaming', 'Usage', 'Tools']) {
    await expect(line(name)).toContainText('Passed');
  }
  await expect(line('Filling gaps')).toContainText('Not available');
  await expect(tool.getByText('opencode has all that it needs.')).toBeVisible();
  await expectAccessible(page);
  expect(await agent.cli<{ name: string }[]>('keys', 'ls')).toContainEqual(
    expect.objectContaining({ name: 'opencode', scopes: ['infer'] }),
  );
});

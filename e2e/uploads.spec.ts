import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';

/** A model larger than what a slowed-down browser sends in a moment: the sample, with bytes behind it. */
async function writeLargeModel(home: string, path: string): Promise<void> {
  const sample = await readFile(join(home, 'sample', 'impetus-sample.gguf'));
  await writeFile(path, Buffer.concat([sample, Buffer.alloc(16_000_000, 7)]));
}

test('an upload that is cut goes on where it was, after a reload too; a file that is no model is refused', async ({
  page,
  agent,
}) => {
  test.slow();
  const file = join(agent.home, 'large.gguf');
  await writeLargeModel(agent.home, file);
  await page.goto('/downloads');
  await expect(page.getByRole('button', { name: 'Connection: Studio connected' })).toBeVisible();
  const devtools = await page.context().newCDPSession(page);
  const throttle = (uploadThroughput: number) =>
    devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await devtools.send('Network.enable');
  await throttle(300_000);
  await page.locator('input[data-upload]').setInputFiles(file);
  const row = page.getByRole('region', { name: 'Uploads' }).getByRole('article', { name: 'large.gguf' });
  await expect(row).toContainText(/Sending.*MB of 19\.\d MB · .*\/s · .* left/su);
  await expectAccessible(page);

  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(row).toContainText('Interrupted');
  await throttle(-1);
  await row.locator('input[data-upload-again]').setInputFiles(file);
  await expect(row).toContainText('In the library');
  await expect(row.getByRole('link', { name: 'large.gguf' })).toBeVisible();

  const letter = join(agent.home, 'letter.gguf');
  await writeFile(letter, 'Dear all, the weather is fine. '.repeat(500));
  await page.locator('input[data-upload]').setInputFiles(letter);
  await expect(page.getByRole('article', { name: 'letter.gguf' })).toContainText(/Failed|Refused/u);
  await expect(page.getByRole('article', { name: 'letter.gguf' })).toContainText(/GGUF/u);
});

test('several files that are dropped on the list of models are sent and become models @desktop', async ({
  page,
  agent,
}) => {
  const sample = (await readFile(join(agent.home, 'sample', 'impetus-sample.gguf'))).toString('base64');
  await page.goto('/models');
  await expect(page.getByRole('button', { name: 'Connection: Studio connected' })).toBeVisible();
  // The second is another file: it has one byte more.
  const dropped = await page.evaluateHandle((content) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], 'one.gguf'));
    transfer.items.add(new File([bytes, new Uint8Array(1)], 'two.gguf'));
    return transfer;
  }, sample);
  const zone = page.locator('.drop-zone');
  await zone.dispatchEvent('dragenter', { dataTransfer: dropped });
  await expect(page.getByText(/^Drop/u)).toBeVisible();
  await zone.dispatchEvent('drop', { dataTransfer: dropped });
  await expect(page).toHaveURL(/\/downloads$/u);
  await expect(page.getByText(/^Drop/u)).toBeHidden();
  for (const name of ['one.gguf', 'two.gguf']) {
    const row = page.getByRole('region', { name: 'Uploads' }).getByRole('article', { name });
    await expect(row).toContainText('In the library');
  }
  const models = await agent.cli<{ id: string }[]>('models', 'ls');
  expect(models.map(({ id }) => id)).toEqual(expect.arrayContaining(['one', 'two']));
});

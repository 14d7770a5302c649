import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** Writes a question and sends it. */
async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Your question' }).fill(question);
  await page.getByRole('button', { name: 'Send' }).click();
}

const answers = (page: Page) => page.getByRole('article', { name: 'IMPETUS sample' });

test('a first visit gets an answer from the sample model, with its speed', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'Hello! What are you?');
  await expect(answers(page)).toContainText(/\d+\stokens\/s · first\stoken.* · \d+\stokens/u);
  await expect(answers(page)).toContainText(/\bMac\b/u);
  await expect(page.getByRole('button', { name: /Running: IMPETUS sample Ready/u })).toBeVisible();
});

test('an answer can be stopped, and the question asked again', async ({ page, agent }) => {
  await agent.cli('models', 'load', 'impetus-sample');
  const { runners } = await agent.cli<{ runners: { pid: number }[] }>('status');
  const runner = runners[0]?.pid ?? 0;
  await page.goto('/');
  // The sample answers faster than anybody can stop it; a runner that is held still leaves the time.
  process.kill(runner, 'SIGSTOP');
  await ask(page, 'Tell me a story.');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(answers(page)).toContainText('Stopped');
  process.kill(runner, 'SIGCONT');
  await answers(page).getByRole('button', { name: 'Write it again' }).click();
  await expect(answers(page)).toContainText('tokens/s');
});

test('the keyboard alone asks a question @desktop', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('textbox', { name: 'Your question' })).toBeFocused();
  await page.keyboard.type('Who lives in');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('this house?');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: 'You' })).toContainText('Who lives in\nthis house?');
  await expect(answers(page)).toContainText('tokens/s');
});

test('a question that is sent before the page has reached the Mac goes as soon as it has @both', async ({
  page,
}) => {
  const reached = Promise.withResolvers<void>();
  await page.routeWebSocket(/./u, async (socket) => {
    await reached.promise;
    socket.connectToServer();
  });
  await page.goto('/');
  await page.getByRole('textbox', { name: 'Your question' }).fill('Who lives in this house?');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('form', { name: 'Question' })).toContainText(
    'is not connected. Your question is sent when it is.',
  );
  reached.resolve();
  await expect(answers(page)).toContainText('tokens/s');
  await expect(page.getByRole('article', { name: 'You' })).toContainText('Who lives in this house?');
  await expect(page.getByRole('textbox', { name: 'Your question' })).toHaveValue('');
});

test('a conversation is still there after a reload', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'How do I pair a phone?');
  await expect(answers(page)).toContainText('tokens/s');
  const text = await answers(page).getByRole('paragraph').first().innerText();
  await page.reload();
  await expect(page.getByRole('article', { name: 'You' })).toContainText('How do I pair a phone?');
  await expect(answers(page)).toContainText(text);
});

test('what a model thinks is folded away above its answer, and still there after a reload @both', async ({
  page,
  agent,
}) => {
  // This template begins the answer with thinking; the sample never ends it.
  const chatTemplate =
    '{% for message in messages %}{{ message.content }}\n{% endfor %}{% if add_generation_prompt %}<think>\n{% endif %}{# </think> #}';
  await agent.cli('models', 'set', 'impetus-sample', `chatTemplate=${chatTemplate}`);
  await page.goto('/');
  await ask(page, 'Hello! What are you?');
  const title = answers(page).getByText(/^Thought for/u);
  await expect(title).toBeVisible();
  await expect(answers(page)).toContainText(
    /The model thought, and ended without an answer\.|Cut off while/u,
  );
  const thoughts = answers(page).locator('details p');
  await expect(thoughts).toBeHidden();
  await title.click();
  await expect(thoughts).toHaveText(/\w+ \w+/u);
  const text = await thoughts.innerText();
  await page.reload();
  await answers(page)
    .getByText(/^Thought for/u)
    .click();
  await expect(thoughts).toHaveText(text);
});

test('what a model writes is shown and never run', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'Hello!');
  await expect(answers(page)).toContainText('tokens/s');
  let ran = false;
  await page.exposeFunction('ran', () => (ran = true));
  const remote: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('elsewhere.example')) remote.push(request.url());
  });
  // Another page leaves the stored conversation alone.
  const conversation = page.url();
  await page.goto('/settings');
  await page.evaluate(
    rewriteLastAnswer,
    [
      '# A heading',
      '<img src=x onerror="ran()"> <script>ran()</script> <svg onload="ran()">',
      '[a bad link](javascript:ran()) [a good link](https://elsewhere.example/)',
      '![a picture](https://elsewhere.example/picture.png)',
      '```js\nconst safe = "<b>not bold</b>";\n```',
    ].join('\n\n'),
  );
  await page.goto(conversation);
  await expect(answers(page).getByRole('heading', { name: 'A heading' })).toBeVisible();
  await expect(answers(page)).toContainText('<b>not bold</b>');
  const link = answers(page).getByRole('link', { name: 'a good link' });
  await expect(link).toHaveAttribute('rel', /noopener/u);
  await expect(answers(page).locator('script, svg[onload], img[onerror], a[href^="javascript"]')).toHaveCount(
    0,
  );
  expect(remote).toEqual([]);
  expect(ran).toBe(false);
});

/** Puts another text into the stored answer, as if the model had written it. Runs in the page. */
async function rewriteLastAnswer(text: string): Promise<void> {
  const open = indexedDB.open('impetus');
  await new Promise((resolve) => open.addEventListener('success', resolve));
  const store = open.result.transaction('conversations', 'readwrite').objectStore('conversations');
  const all = store.getAll();
  await new Promise((resolve) => all.addEventListener('success', resolve));
  const [conversation] = all.result;
  conversation.turns.at(-1).text = text;
  const put = store.put(conversation, conversation.id);
  await new Promise((resolve) => put.addEventListener('success', resolve));
  open.result.close();
}

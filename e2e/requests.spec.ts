import type { Locator, Page } from '@playwright/test';
import type { AgentProcess } from '@impetus/test-kit';
import { expectAccessible } from './axe.ts';
import { chatWithKey, createKey, holdRunner, type Usage } from './clients.ts';
import { expect, test } from './fixtures.ts';

const rows = (page: Page): Locator => page.getByRole('region', { name: 'Requests' }).getByRole('listitem');

/** The value beside a term of the detail view. */
function fact(page: Page, term: string): Locator {
  return page
    .getByRole('article', { name: 'Request to IMPETUS sample' })
    .locator('dt', { hasText: new RegExp(`^${term}$`, 'u') })
    .locator('xpath=following-sibling::dd');
}

async function show(page: Page, outcome: string): Promise<void> {
  await page.getByRole('radio', { name: outcome }).check();
}

async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Your question' }).fill(question);
  await page.getByRole('button', { name: 'Send' }).click();
}

test('a chat of the page and a request with a key appear as they come', async ({ page, context, agent }) => {
  const key = await createKey(agent, 'Laptop');
  await page.goto('/requests');
  await expect(page.getByRole('heading', { name: 'No requests yet' })).toBeVisible();
  await chatWithKey(agent, key, { question: 'Hello! What are you?' });
  await expect(rows(page)).toHaveText([/IMPETUS sample.*Done in.*Laptop · OpenAI.*\d+ in.*\d+ out/u]);

  const other = await context.newPage();
  await other.goto('/');
  await ask(other, 'How do I pair a phone?');
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toHaveText(/Done in.*Chat page/u);
});

test('the detail has the tokens of the answer’s usage and says where its time went', async ({
  page,
  agent,
}) => {
  const key = await createKey(agent, 'Laptop');
  await chatWithKey(agent, key, { question: 'Hello!' });
  const usage = (await chatWithKey(agent, key, { question: 'Hello!' })) as Usage;
  await page.goto('/requests');
  await rows(page).first().click();
  await expect(fact(page, 'Prompt')).toHaveText(`${usage.prompt_tokens} tokens`);
  await expect(fact(page, 'Answer')).toHaveText(`${usage.completion_tokens} tokens`);
  const cached = usage.prompt_tokens_details.cached_tokens;
  expect(cached).toBeGreaterThan(0);
  await expect(fact(page, 'From the cache')).toHaveText(new RegExp(`^${cached} of them, \\d+%$`, 'u'));
  await expect(fact(page, 'Reading')).toHaveText(/tokens\/s$/u);
  await expect(fact(page, 'Writing')).toHaveText(/tokens\/s$/u);
  await expect(fact(page, 'Asked by')).toHaveText('Laptop');
  await expect(fact(page, 'Endpoint')).toHaveText('/v1/chat/completions');
  const article = page.getByRole('article', { name: 'Request to IMPETUS sample' });
  await expect(article).toContainText(/Reading the prompt\s*\d.*\sm?s/u);
  await expect(article).toContainText(/Writing the answer\s*\d.*\sm?s/u);
  await expect(article).toContainText('The text of this request is not kept.');
});

test('a failed request says why, and the filters part it from the others', async ({ page, agent }) => {
  const key = await createKey(agent, 'Laptop');
  await page.goto('/requests');
  await chatWithKey(agent, key, { question: 'Hello!' });
  await expect(rows(page)).toHaveCount(1);
  const status = await chatWithKey(agent, key, { question: 'word '.repeat(60_000) });
  expect(status).toBe(400);
  await expect(rows(page)).toHaveText([/Failed after.*maximum context length/u, /Done in/u]);

  await show(page, 'Failed');
  await expect(rows(page)).toHaveText([/Failed after/u]);
  await show(page, 'Done');
  await expect(rows(page)).toHaveText([/Done in/u]);
  await show(page, 'Cancelled');
  await expect(page.getByRole('heading', { name: 'No request was cancelled' })).toBeVisible();
  await page.getByRole('button', { name: 'Show all requests' }).click();

  await rows(page).first().click();
  const article = page.getByRole('article', { name: 'Request to IMPETUS sample' });
  await expect(article.getByRole('group', { name: 'The request was not answered.' })).toContainText(
    /maximum context length is \d+ tokens.*Shorten the prompt/u,
  );
  await expect(article.getByRole('link', { name: 'Open the model' })).toHaveAttribute(
    'href',
    '/models/impetus-sample',
  );
});

test('the list is narrowed to one who asked, and a phone comes back to it from a request @both', async ({
  page,
  agent,
  isMobile,
}) => {
  for (const name of ['Laptop', 'Tablet']) {
    await chatWithKey(agent, await createKey(agent, name), { question: 'Hello!' });
  }
  await page.goto('/requests');
  await expect(rows(page)).toHaveText([/Tablet/u, /Laptop/u]);
  await page.getByRole('button', { name: 'Who asked: Everyone' }).click();
  await page.getByRole('option', { name: 'Laptop' }).click();
  await expect(rows(page)).toHaveText([/Laptop/u]);
  await chatWithKey(agent, await createKey(agent, 'Watch'), { question: 'Hello!' });
  await rows(page).first().click();
  await expect(fact(page, 'Asked by')).toHaveText('Laptop');
  if (isMobile) await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(rows(page)).toHaveText([/Laptop/u]);
});

test('what is under way stands on top in line, and all of it can be stopped', async ({ page, agent }) => {
  const key = await createKey(agent, 'Laptop');
  await chatWithKey(agent, key, { question: 'Hello!' });
  await page.goto('/requests');
  await expect(rows(page)).toHaveText([/Done in/u]);
  let answers: Promise<unknown>[];
  {
    using _held = await holdRunner(agent);
    answers = Array.from({ length: 8 }, () => chatWithKey(agent, key, { question: 'Tell me a story.' }));
    await expect(rows(page)).toHaveCount(9);
    await expect(rows(page).filter({ hasText: 'Next in line' })).toHaveCount(1);
    await expect(rows(page).last()).toHaveText(/Done in/u);
    await show(page, 'Running');
    await expect(rows(page)).toHaveCount(8);
    await show(page, 'All');

    await page.getByRole('button', { name: 'Stop all answers…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop all answers' }).click();
    await expect(rows(page).filter({ hasText: 'Cancelled after' })).toHaveCount(8);
  }
  await Promise.all(answers);
  await expect(page.getByRole('button', { name: 'Stop all answers…' })).toHaveCount(0);
});

test('older ones follow as one scrolls, and what is new waits until the reader is back at the top', async ({
  page,
  agent,
}) => {
  const key = await createKey(agent, 'Laptop');
  await askOften(agent, key, 60);
  await page.goto('/requests');
  await expect(rows(page).first()).toBeVisible();
  await rows(page).last().scrollIntoViewIfNeeded();
  await expect(rows(page)).toHaveCount(60);
  await expect(page.getByRole('button', { name: 'Show older' })).toHaveCount(0);

  const height = (): Promise<number> =>
    page.locator('.request-list-body').evaluate((list) => list.scrollHeight);
  const before = await height();
  await rows(page).nth(30).scrollIntoViewIfNeeded();
  const place = await restingPlace(rows(page).nth(30));
  // Rows that were never drawn until now are as high as they were taken for: nothing moves as one reads on.
  expect(await height()).toBe(before);
  await askOften(agent, key, 3);
  await expect(page.getByRole('button', { name: '3 new' })).toBeVisible();
  // What is under way comes and goes above it; the browser keeps the place with the next picture.
  await expect.poll(() => restingPlace(rows(page).nth(30))).toBe(place);
  await page.getByRole('button', { name: '3 new' }).click();
  await expect(rows(page)).toHaveCount(63);
  await expect(rows(page).first()).toBeInViewport();
});

/** Where it is once three pictures in a row show it there: a row is drawn some pictures after one has scrolled to it. */
function restingPlace(row: Locator): Promise<number> {
  return row.evaluate(
    (element) =>
      new Promise((resolve) => {
        let place = NaN;
        let pictures = 0;
        const look = (): void => {
          const { top } = element.getBoundingClientRect();
          pictures = top === place ? pictures + 1 : 1;
          place = top;
          if (pictures === 3) resolve(place);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

async function askOften(agent: AgentProcess, key: string, times: number): Promise<void> {
  for (let asked = 0; asked < times; asked += 1) {
    await chatWithKey(agent, key, { question: 'Hi', maxTokens: 1 });
  }
}

test('the keyboard goes from request to request and into one @desktop', async ({ page, agent }) => {
  const key = await createKey(agent, 'Laptop');
  await askOften(agent, key, 2);
  await page.goto('/requests');
  await rows(page).first().getByRole('link').focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows(page).nth(1).getByRole('link')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: 'Request to IMPETUS sample' })).toBeVisible();
});

test('axe finds nothing to object to, in light and in dark', async ({ page, agent }) => {
  // Axe looks at the whole page three times.
  test.slow();
  const key = await createKey(agent, 'Laptop');
  await chatWithKey(agent, key, { question: 'Hello!' });
  await chatWithKey(agent, key, { question: 'word '.repeat(60_000) });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/requests');
  await expect(rows(page)).toHaveCount(2);
  await expectAccessible(page);
  await rows(page).first().click();
  await expect(page.getByRole('article', { name: 'Request to IMPETUS sample' })).toContainText('not kept');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page);
  }
});

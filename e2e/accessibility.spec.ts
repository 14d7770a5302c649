import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { pages } from './pages.ts';

// Each theme at one size: what axe looks at differs by both, and by neither alone.
for (const [colorScheme, size] of [
  ['light', ''],
  ['dark', ' @desktop'],
] as const) {
  test(`axe finds nothing to object to, ${colorScheme}${size}`, async ({ page }) => {
    // Nine pages, each looked at as a whole.
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const path of pages) {
      await page.goto(path);
      await expect(page.getByRole('button', { name: 'Connection: Studio connected' })).toBeVisible();
      await expectAccessible(page, path);
    }
  });
}

/** The pages of who may come in, by their first headings. */
const identityPages = {
  '/devices': 'Devices',
  '/devices/add': 'Add a device',
  '/keys': 'Keys',
  '/audit': 'Audit',
  '/system/connections': 'Connections',
  '/activate': 'Let a program in',
};

for (const [colorScheme, size] of [
  ['light', ''],
  ['dark', ' @desktop'],
] as const) {
  test(`axe finds nothing to object to on the pages of identity, ${colorScheme}${size}`, async ({ page }) => {
    // Six pages, each looked at as a whole.
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const [path, name] of Object.entries(identityPages)) {
      await page.goto(path);
      await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Connection: Studio connected' })).toBeVisible();
      await expectAccessible(page, path);
    }
  });
}

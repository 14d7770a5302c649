import { defineConfig } from '@playwright/test';
import { launchOptions } from './launch-options.ts';

export default defineConfig({
  testDir: '.',
  outputDir: 'test-results',
  // Each test has an agent and a runner of its own, which keep a core busy.
  workers: 2,
  fullyParallel: true,
  // A test that passes only the second time is reported as flaky, and is a defect to look into.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: {
    // A trace of every test would take more time than the tests themselves.
    trace: 'on-first-retry',
    // A first visit keeps the whole page for later: tests of what that is for allow it.
    serviceWorkers: 'block',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: launchOptions(),
  },
  // What does not depend on the size runs on a phone alone; a test that does says so by its tag.
  projects: [
    {
      name: 'phone',
      grepInvert: /@desktop/u,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
    { name: 'desktop', grep: /@desktop|@both/u, use: { viewport: { width: 1280, height: 800 } } },
  ],
});

import { test as base } from '@playwright/test';
import { startAgentProcess, temporaryFolder, type AgentProcess } from '@impetus/test-kit';

interface AgentFixtures {
  /** A real agent of this test's own, with the sample model. */
  readonly agent: AgentProcess;
}

/** Playwright's test, with a real agent that serves the built page. */
export const test = base.extend<AgentFixtures>({
  // Playwright wants the first parameter destructured.
  agent: async ({}, use) => {
    await using home = await temporaryFolder();
    // An empty runner for later would cost more processor time than most of these tests take.
    const env = { IMPETUS_NAME: 'Studio', IMPETUS_WARM_RUNNER: '0' };
    await using agent = await startAgentProcess({ home: home.path, env });
    await use(agent);
  },
  // The owner's browser; a test that is about signing in empties it with test.use.
  storageState: async ({ agent }, use) => {
    await use(agent.browser?.storageState);
  },
  baseURL: async ({ agent }, use) => {
    await use(agent.url.replace('127.0.0.1', 'localhost'));
  },
});

export { expect } from '@playwright/test';

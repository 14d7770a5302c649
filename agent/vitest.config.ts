import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'runner/**/*.test.ts'],
          environment: 'node',
          // Pure parts leave nothing behind; a process for each file would take longer than its tests.
          isolate: false,
        },
      },
      {
        test: {
          // The whole agent, as a process or in this one: slower, and with child processes of its own.
          name: 'agent',
          include: ['test/**/*.test.ts'],
          environment: 'node',
          pool: 'forks',
          // Each test ends what it starts; to load the agent anew for each file would take longer than many of them.
          isolate: false,
          globalSetup: 'test/support/build-agent.ts',
          // Agents mostly wait: for processes to start, for models to load.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});

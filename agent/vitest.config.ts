import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'runner/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        test: {
          // The whole agent, as a process or in this one: slower, and with child processes of its own.
          name: 'agent',
          include: ['test/**/*.test.ts'],
          environment: 'node',
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});

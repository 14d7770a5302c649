import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Pure parts leave nothing behind; a process for each file would take longer than its tests.
    isolate: false,
    environment: 'node',
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Fixtures may be named like tests; tests in a real VS Code have a runner of their own.
    exclude: ['test/rules/*/**', 'test/**/fixtures/**', 'test/e2e/**', '**/node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

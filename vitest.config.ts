import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Fixtures may be named like tests; tests in a real VS Code have a runner of their own.
    exclude: ['test/rules/*/**', 'test/**/fixtures/**', 'test/e2e/**', '**/node_modules/**'],
    // What the built program keeps between runs of tests lies apart from what it keeps for people.
    env: { XDG_CACHE_HOME: path.join(tmpdir(), 'asynclint-test-cache') },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

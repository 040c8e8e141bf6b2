import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const desktop = process.env.VSCODE_EXECUTABLE !== undefined && process.env.VSCODE_EXECUTABLE !== '';

// The suites drive one real VS Code each: one after the other, with time for a slow machine.
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/e2e/*.e2e.ts'],
    exclude: desktop ? [] : ['test/e2e/desktop.e2e.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});

import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    // Needs a program that no package brings: scripts/act.mjs runs it.
    exclude: [...configDefaults.exclude, ...(process.env.ACT ? [] : ['__tests__/e2e/act.test.ts'])],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});

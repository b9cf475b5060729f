import { configDefaults, defineConfig } from 'vitest/config';

const peers = '__tests__/peers/**/*.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'project',
          include: ['__tests__/**/*.test.ts'],
          // The last one needs a program that no package brings: scripts/act.mjs runs it.
          exclude: [...configDefaults.exclude, peers, ...(process.env.ACT ? [] : ['__tests__/e2e/act.test.ts'])],
        },
      },
      // Real agents, which start slowly and take a core each: after the rest, so that they disturb nothing.
      { extends: true, test: { name: 'peers', include: [peers], testTimeout: 90_000, hookTimeout: 180_000, sequence: { groupOrder: 1 } } },
    ],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});

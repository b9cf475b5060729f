import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const peers = '__tests__/peers/**/*.test.ts';
/** Harnesses that sweep: a share of each here, all of it by `npm run soak`. */
const soak = '__tests__/soak/**/*.test.ts';
const isFull = process.env.SOAK === 'full';
/** Tests of stages that do no work outside themselves. */
const pure = ['baseline', 'checkers', 'compare', 'config', 'datasets', 'reporters', 'users'].map((folder) => `__tests__/${folder}/**/*.test.ts`);
/** Tests that change what a process has once: its environment, clock, working folder or signal handlers. Each gets one of its own. */
const alone = [
  'agents/{command,module,openai-chat}',
  'contract/{broken-answers,mcp-agent,mcp-servers}',
  'e2e/mcp-stop',
  'github/client',
  'helpers/run-action',
  'io/modules',
  'pipeline/script-checker',
].map((name) => `__tests__/${name}.test.ts`);
/** What takes long begins first, so that one worker is not left alone with it at the end. A fresh clone knows no durations. */
const longest = ['/__tests__/soak/', '/__tests__/e2e/', '/__tests__/browser/', '/__tests__/scripts/', '/__tests__/io/', '/__tests__/architecture'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((part) => moduleId.includes(part));
      return found < 0 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    // Where files share a process they share the modules that are loaded in it, which is a second of processor time for each of them.
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'project',
          include: ['__tests__/**/*.test.ts'],
          isolate: false,
          // The last one needs a program that no package brings: scripts/act.mjs runs it.
          exclude: [...configDefaults.exclude, ...pure, ...alone, peers, soak, ...(process.env.ACT ? [] : ['__tests__/e2e/act.test.ts'])],
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
      {
        extends: true,
        test: {
          name: 'soak',
          include: [soak],
          testTimeout: isFull ? 7_200_000 : 120_000,
          hookTimeout: isFull ? 600_000 : 120_000,
        },
      },
      // Real agents, which start slowly and take a core each: after the rest, so that they disturb nothing.
      {
        extends: true,
        test: { name: 'peers', include: [peers], testTimeout: 90_000, hookTimeout: 180_000, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
    ],
    sequence: { sequencer: LongestFirst },
    globalSetup: ['__tests__/harness/temporary-folder.ts'],
    // No test may leave this machine.
    setupFiles: ['__tests__/harness/network-guard.cjs'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // One more than the processors of the gate: tests wait for children, sockets and timers for a fifth of their time.
    maxWorkers: 3,
  },
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseMarker } from '../../src/github/comment.ts';
import { pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import type { ActionRun } from '../helpers/run-action.ts';
import { config, isBuilt, logOf, openScenario, questionOf, type Scenario, sampleFile } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const total = 150;
const numbers = Array.from({ length: total }, (_, index) => index + 1);
const name = (n: number) => `Erstattung-für-Bestellung-${'é漢'.repeat(60)}-${n}`;

describe.skipIf(!isBuilt)('reports of a large suite', () => {
  let scenario: Scenario;
  const runs = new Map<number, { run: ActionRun; requests: number; annotations: number }>();

  beforeAll(async () => {
    scenario = await openScenario();
    const { github, agent, workspace } = scenario;
    await writeFile(join(workspace, 'agent-regress.yml'), config.replace('repeats: 3', 'repeats: 2').replace('concurrency: 4', 'concurrency: 16'));
    const rows = numbers.map((n) => ({ id: name(n), input: questionOf(n), expected: `answer ${n}` }));
    await writeFile(join(workspace, sampleFile), `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
    const answer = (broken: number) => {
      for (const n of numbers) agent.behaviours[questionOf(n)] = { answer: n <= broken ? `\`\`\`\n<details>${'ü|漢 '.repeat(400)}` : `answer ${n}` };
    };
    answer(0);
    await scenario.run(pushRun(github));
    for (const broken of [0, 1, 50, 51, 120]) {
      answer(broken);
      const known = github.calls.length;
      const run = await scenario.run(pullRequestRun(github));
      const requests = github.calls.slice(known).filter(({ operationId }) => operationId === 'checks/update').length;
      runs.set(broken, { run, requests, annotations: ownChecks(github).at(-1)?.annotations.length ?? -1 });
    }
  });
  afterAll(() => scenario.close());

  it('gh-52 send their annotations in fifties, and every one arrives', () => {
    const told = [...runs].map(([broken, { requests, annotations }]) => [broken, annotations, requests]);
    expect(told, logOf(runs.get(120)!.run)).toEqual([
      [0, 0, 1],
      [1, 1, 1],
      [50, 50, 1],
      [51, 51, 2],
      [120, 120, 3],
    ]);
    expect(scenario.github.violations).toEqual([]);
  });

  it('gh-43 keep the comment within the bytes that GitHub takes, with its marker, and with nothing left open', () => {
    const body = scenario.github.state.comments.at(-1)!.body;
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536);
    expect(Buffer.byteLength(body)).toBeGreaterThan(40_000);
    expect(parseMarker(body)).toBeDefined();
    expectClosed(body);
    expect(body).toMatch(/more|report/);
  });

  it('gh-54 keep the summary of the check within its bytes', () => {
    const { summary } = ownChecks(scenario.github).at(-1)!;
    expect(Buffer.byteLength(summary!)).toBeLessThanOrEqual(65_535);
    expect(Buffer.byteLength(summary!)).toBeGreaterThan(40_000);
    expectClosed(summary!);
  });

  it('gh-71 keep the job summary below the mebibyte above which GitHub drops it, several suites together', async () => {
    const { github, workspace } = scenario;
    const text = config.replace('repeats: 3', 'repeats: 1').replace('concurrency: 4', 'concurrency: 16');
    const suites = Array.from({ length: 16 }, (_, index) => `suite-${index}`);
    const rows = Array.from({ length: 200 }, (_, n) => ({ id: name(n), input: questionOf(n), expected: `answer ${n}` }));
    await writeFile(join(workspace, sampleFile), `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
    for (const suite of suites) await writeFile(join(workspace, `${suite}.yml`), text.replace('suite: support-bot', `suite: ${suite}`));
    const run = await scenario.run(pullRequestRun(github), { inputs: { config: suites.map((suite) => `${suite}.yml`).join('\n') } });
    expect(Buffer.byteLength(run.summary)).toBeGreaterThan(900_000);
    expect(Buffer.byteLength(run.summary), logOf(run)).toBeLessThanOrEqual(1024 * 1024);
    expect(run.summary).toContain('suite-15');
    expectClosed(run.summary);
  });
});

/** No half character, and every fold and code block that is opened is closed. */
function expectClosed(text: string): void {
  expect(text).not.toContain('\ufffd');
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  expect(count(/^<details\b/gm)).toBe(count(/^<\/details>/gm));
  expect(count(/^(```+|~~~+)/gm) % 2).toBe(0);
}

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commentRun } from '../github/stand-in/acceptance-runs.ts';
import { needOf } from '../github/stand-in/permissions.ts';
import { type JobContext, pullRequestRun, pushRun, scheduledRun, workflowRunRun } from '../github/stand-in/runs.ts';
import type { ActionRun } from '../helpers/run-action.ts';
import { errorsOf, isBuilt, logOf, openScenario, type Scenario, warningsOf } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 900_000 });

type Scopes = Record<string, string>;
const docs = readFileSync(new URL('../../docs/github.md', import.meta.url), 'utf8');

/** The table of docs/github.md: what each mode asks GitHub for. */
function documented(): Record<string, Scopes> {
  const rows = /\| mode +\| `contents`[^\n]*\n\|[-| ]+\n((?:\|[^\n]*\n)+)/.exec(docs)?.[1]?.trim().split('\n') ?? [];
  const scopes = ['contents', 'actions', 'checks', 'pull-requests', 'issues'];
  return Object.fromEntries(
    rows.map((row) => {
      const [mode = '', ...cells] = row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', ''));
      const granted = cells.flatMap((access, index): [string, string][] => (access === '—' ? [] : [[scopes[index]!, access]]));
      return [mode, Object.fromEntries(granted)];
    }),
  );
}

const kebab = (scope: string) => scope.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe.skipIf(!isBuilt)('what each mode asks GitHub for', () => {
  let scenario: Scenario;
  /** By mode: operations, and what GitHub wants for them. */
  const asked = new Map<string, Map<string, string>>();
  const grants = documented();

  /** Runs with a token that may do what the table says, and nothing else. */
  async function perform(mode: string, job: JobContext, inputs: Record<string, string> = {}, code = 0): Promise<ActionRun> {
    const { github } = scenario;
    const granted = (scope: string) => (grants[mode]?.[scope] ?? 'none') as 'none' | 'read' | 'write';
    const token = `ghs_${mode.replace(/\W+/g, '')}0123456789`;
    const scopes = { contents: granted('contents'), actions: granted('actions'), checks: granted('checks') };
    github.state.tokens.set(token, { ...scopes, pullRequests: granted('pull-requests'), issues: granted('issues') });
    const before = github.calls.length;
    const run = await scenario.run({ ...job, token }, { inputs });
    const calls = asked.get(mode) ?? new Map<string, string>();
    asked.set(mode, calls);
    for (const { operationId, path } of github.calls.slice(before)) {
      if (/^(artifact|blob)\//.test(operationId)) continue;
      const number = Number(/\/issues\/(\d+)/.exec(path)?.[1]);
      const need = needOf(
        operationId,
        github.state.issues.some((issue) => issue.number === number),
      );
      calls.set(operationId, need ? `${kebab(need.scope)}: ${need.access}` : '');
    }
    expect(run.exitCode, mode + logOf(run)).toBe(code);
    expect([...warningsOf(run), ...(code === 0 ? errorsOf(run) : [])], mode).toEqual([]);
    return run;
  }

  beforeAll(async () => {
    scenario = await openScenario();
    const { github } = scenario;
    const main = pushRun(github);
    await perform('run', main);
    scenario.breakSamples(1, 2, 3, 4);
    const change = pullRequestRun(github);
    await perform('run', change, {}, 1);
    await perform('accept', commentRun(github, { pull: change.pull, body: '/agent-regress accept on purpose' }), { mode: 'accept' });
    const again = { ...change, run: Object.assign(change.run, { attempt: 2 }) };
    await perform('run', again);
    const fork = pullRequestRun(github, { isFork: true });
    await scenario.run(fork);
    await perform('publish', workflowRunRun(github, { of: fork }), { mode: 'publish' });
    pushRun(github);
    await perform('run with issue: regressions', scheduledRun(github), { issue: 'regressions' }, 1);
    const sharded = pullRequestRun(github);
    await perform('run with shard', sharded, { shard: '1/1' });
    // The night before is its baseline, and as bad.
    await perform('merge', sharded, { mode: 'merge' });
  });
  afterAll(() => scenario.close());

  it('is what docs/github.md says, mode by mode, and no more', () => {
    expect(Object.keys(grants).sort()).toEqual([...asked.keys()].sort());
    for (const [mode, calls] of asked) {
      for (const [operation, need] of calls) {
        const [scope = '', access] = need.split(': ');
        const granted = grants[mode]?.[scope];
        expect(need === '' || granted === 'write' || granted === access, `mode ${mode} asks ${operation}, which needs ${need}`).toBe(true);
      }
    }
    expect(scenario.github.violations).toEqual([]);
  });

  it.each(Object.entries(grants))('needs all of what docs/github.md says for %s', (mode, scopes) => {
    const needs = new Set(asked.get(mode)?.values());
    // Public commits need nothing, and the stand-in's repository is one of many; the table is about private ones too.
    for (const [scope, access] of Object.entries(scopes)) expect(needs.has(`${scope}: ${access}`), `${mode}: ${scope}: ${access}`).toBe(true);
  });

  it('is never a right to write for a shard, nor to write code, packages or tokens for anything', () => {
    expect([...(asked.get('run with shard') ?? [])]).toEqual([]);
    for (const calls of asked.values()) for (const need of calls.values()) expect(need).not.toMatch(/contents: write|actions: write|id-token/);
  });
});

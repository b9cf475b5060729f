import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type JobContext, mergeGroupRun, pullRequestRun, pushRun, scheduledRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { isFull } from '../harness/soak.ts';
import { errorsOf, isBuilt, logOf, openScenario, type Scenario } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const modes = ['run', 'merge', 'publish', 'accept'] as const;
type Mode = (typeof modes)[number];
type EventMaker = (scenario: Scenario) => JobContext;

const named =
  (eventName: string, payload: Record<string, unknown> = {}): EventMaker =>
  ({ github }) => {
    const job = scheduledRun(github);
    return { ...job, eventName, payload: { ...job.payload, ...payload } };
  };

/** Every event by what starts it, and the modes that work on it; all others are refused before a config is looked for. */
const events: [name: string, make: EventMaker, allowed: readonly Mode[]][] = [
  ['push', ({ github }) => pushRun(github), ['run', 'merge']],
  ['pull_request of the repository', ({ github }) => pullRequestRun(github), ['run', 'merge']],
  ['pull_request of a fork', ({ github }) => pullRequestRun(github, { isFork: true }), ['run', 'merge']],
  ['pull_request of Dependabot', ({ github }) => ({ ...pullRequestRun(github), actor: 'dependabot[bot]' }), ['run', 'merge']],
  ['merge_group', ({ github }) => mergeGroupRun(github, { pull: pullRequestRun(github).pull }), ['run', 'merge']],
  ['schedule', ({ github }) => scheduledRun(github), ['run', 'merge']],
  ['workflow_dispatch', ({ github }) => scheduledRun(github, { eventName: 'workflow_dispatch' }), ['run', 'merge']],
  ['pull_request_target', ({ github }) => pullRequestRun(github, { eventName: 'pull_request_target' }), ['accept']],
  ['pull_request_target of a fork', ({ github }) => pullRequestRun(github, { eventName: 'pull_request_target', isFork: true }), ['accept']],
  ['workflow_run', ({ github }) => workflowRunRun(github, { of: pullRequestRun(github, { isFork: true }) }), ['publish']],
  ['issue_comment', named('issue_comment', { action: 'edited' }), ['accept']],
  ['issues', named('issues', { action: 'opened' }), []],
  ['discussion_comment', named('discussion_comment'), []],
  ['fork', named('fork'), []],
  ['watch', named('watch'), []],
  ['gollum', named('gollum'), []],
];

/** All of the table by `npm run soak`; here `run` on every event, and of the others each verdict once or twice. */
const points = events.flatMap(([name, make, allowed], index) =>
  modes
    .filter(
      (mode) => isFull || mode === 'run' || index === modes.indexOf(mode) * 2 || (mode !== 'merge' && allowed.includes(mode) && name === allowed[0]),
    )
    .map((mode) => [mode, name, allowed.includes(mode), make] as const),
);

describe.skipIf(!isBuilt)('T01 the built action, event by event and mode by mode', () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await openScenario();
    await rm(join(scenario.workspace, 'agent-regress.yml'));
  });
  afterAll(() => scenario.close());

  it.each(points)('T01 knows whether mode %s works on %s: %s', async (mode, name, isAllowed, make) => {
    const job = make(scenario);
    const before = scenario.github.calls.length;
    const run = await scenario.run(job, { inputs: { mode } });
    const refusal = /mode "(run|publish|accept)" (does not work|works) on|works on issue_comment/;
    const said = errorsOf(run).join('\n');
    expect(refusal.test(said), name + logOf(run)).toBe(!isAllowed);
    const usesConfig = mode === 'run' || mode === 'merge';
    // What is allowed goes on to look for the config that is not there; what is refused knows nothing of it.
    if (usesConfig) expect(said.includes('agent-regress.yml'), said).toBe(isAllowed);
    if (!isAllowed) {
      expect(run.exitCode).toBe(2);
      expect(scenario.github.calls.slice(before)).toEqual([]);
    }
    expect(scenario.agent.requests).toEqual([]);
  });
});

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('T01 the YAML of README, documents and examples', () => {
  const texts = [
    'README.md',
    'SECURITY.md',
    ...['docs', 'examples'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((name) => `${folder}/${String(name)}`)),
  ]
    .filter((file) => /\.(md|ya?ml)$/.test(file) && !file.includes('node_modules'))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      if (!file.endsWith('.md')) return [{ file, text }];
      return [...text.matchAll(/^[ \t]*```ya?ml[^\n]*\n([\s\S]*?)```/gm)].map((match) => ({ file, text: match[1] ?? '' }));
    });

  it('T01 starts nothing with secrets for strangers but mode publish and mode accept, which check nothing out', () => {
    const privileged = texts.filter(({ text }) =>
      /\b(pull_request_target|workflow_run|issue_comment)\b *[:\]},]|^on: *(pull_request_target|workflow_run|issue_comment)/m.test(text),
    );
    for (const { file, text } of privileged) {
      expect(text, file).toMatch(/mode: (publish|accept)/);
      expect(text, file).not.toMatch(/mode: (run|merge)|actions\/checkout|^\s*-? *run:/m);
    }
    expect(privileged.length).toBeGreaterThan(1);
    expect(texts.length).toBeGreaterThan(30);
  });

  it('T01 can be read as YAML, so that nothing hides from this test', () => {
    const broken = texts.filter(({ text }) => parseAllDocuments(text).some((document) => 'errors' in document && document.errors.length > 0));
    expect(broken.map(({ file }) => file)).toEqual([]);
  });
});

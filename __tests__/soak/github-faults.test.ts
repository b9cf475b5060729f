import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBuilt, logOf, openScenario, type Scenario, warningsOf } from '../e2e/action-scenario.ts';
import { type JobContext, pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import { type GitHubStandIn, startGitHub } from '../github/stand-in/server.ts';
import type { PullRequest } from '../github/stand-in/state.ts';
import { allFaultPoints, type FaultPoint, faultKinds } from '../harness/github-faults.ts';
import { isFull, soakRow } from '../harness/soak.ts';
import type { ActionRun } from '../helpers/run-action.ts';

const fastWaits = fileURLToPath(new URL('../harness/fast-waits.mjs', import.meta.url));
/** One sink or source each, of every sort of failure. */
const share: [operation: string, kind: string, isLasting: boolean][] = [
  ['issues/create-comment', '403 without permission', true],
  ['issues/create-comment', 'broken JSON', false],
  ['issues/list-comments', 'a redirect to another host', true],
  ['checks/create', 'an answer that breaks off', false],
  ['checks/update', 'no answer after the work', false],
  ['blob/download', '403 without permission', true],
];
const isWanted = ({ operation, kind, isLasting }: FaultPoint) =>
  isFull || share.some(([on, name, lasts]) => on === operation && name === kind.name && lasts === isLasting);
const points = allFaultPoints().filter(isWanted);

/** What one faulted run has come to. */
interface Outcome {
  run: ActionRun;
  change: JobContext & { pull: PullRequest };
  summary: string;
  waits: number[];
  /** Times at which something was written to GitHub before results were on the disk and in the summary. */
  early: string[];
}

describe.skipIf(!isBuilt)('F17 F18 F19 a pull-request run of the built action and a GitHub that fails', () => {
  let scenario: Scenario;
  let elsewhere: GitHubStandIn;
  const wrong: string[] = [];
  beforeAll(async () => {
    scenario = await openScenario();
    elsewhere = await startGitHub();
    scenario.github.state.rateLimit.remaining = 1_000_000;
    await scenario.run(pushRun(scenario.github));
    scenario.breakSamples(1, 2, 3, 4);
  });
  afterAll(async () => {
    const met = `${points.length} points, ${new Set(points.map(({ kind }) => kind)).size} kinds; ${wrong.length} wrong`;
    soakRow({
      goal: 'G3',
      what: 'GitHub fails: comment, check, artifact, baseline search, download',
      wanted: '≥ 12 kinds × 3 sinks; 0 wrong verdicts or exit codes, 0 twice, 0 hangs, 0 tokens elsewhere',
      measured: met,
      isMet: wrong.length === 0 && (!isFull || points.length >= 36),
    });
    await Promise.all([scenario.close(), elsewhere.close()]);
  });

  async function faulted({ operation, kind, isLasting }: FaultPoint): Promise<Outcome> {
    const { github, workspace } = scenario;
    const change = pullRequestRun(github);
    const files = { summary: join(workspace, 'summary.md'), waits: join(workspace, 'waits.txt') };
    for (const file of Object.values(files)) await writeFile(file, '');
    const early: string[] = [];
    const look = () => {
      const isStored = /"type":"end"/.test(textOf(join(workspace, '.agent-regress/support-bot/run.jsonl')));
      if (!isStored) early.push('the run is not on the disk');
      if (!textOf(files.summary).includes('refund-1')) early.push('the summary is not written');
    };
    const set = [
      github.setFault({ kind: 'meanwhile', on: ['checks/update', 'issues/create-comment'], times: 99, change: look }),
      github.setFault({ ...kind.fault(elsewhere.url), on: operation, times: isLasting ? 999 : 1 }),
    ];
    const env = {
      AGENT_URL: scenario.agent.url,
      AGENT_KEY: 'sk-fault-0123456789',
      GITHUB_STEP_SUMMARY: files.summary,
      NODE_OPTIONS: `--import=${fastWaits}`,
      FAST_WAITS_LOG: files.waits,
    };
    const run = await scenario.run(change, { env, inputs: { 'require-baseline': 'true' }, timeoutMs: 110_000 });
    const isStruck = set[1]!.struck > 0;
    for (const fault of set) fault.remove();
    if (!isStruck) throw new Error(`${operation} was not asked\n${logOf(run)}`);
    if (ownChecks(github).some(({ status }) => status !== 'completed')) await scenario.post(change, run, { env });
    const waits = textOf(files.waits).trim().split('\n').filter(Boolean).map(Number);
    return { run, change, summary: textOf(files.summary), waits, early };
  }

  it.each(points.map((point) => [point.operation, point.kind.name, point.isLasting ? 'for good' : 'once', point] as const))(
    '%s: %s, %s',
    async (_operation, _kind, _times, point) => {
      const problems = problemsOf(point, await faulted(point));
      if (problems.length > 0) wrong.push(...problems);
      expect(problems).toEqual([]);
    },
  );

  it('sends nothing to a host that a redirect names, and nothing that GitHub does not know', () => {
    // The official client of artifacts follows a redirect of the artifact service, without its token: then the answer is 401.
    expect(elsewhere.calls.filter(({ status }) => status !== 401)).toEqual([]);
    expect(scenario.github.violations).toEqual([]);
  });

  /** Everything that is not as promised, in words. */
  function problemsOf(point: FaultPoint, { run, change, summary, waits, early }: Outcome): string[] {
    const { github } = scenario;
    const { place, kind, isLasting } = point;
    const problems: string[] = [];
    const check = (isGood: boolean, what: string) => void (isGood || problems.push(`${what}\n${logOf(run)}\n${JSON.stringify(run.outputs)}`));
    const isBaselineLost = isLasting && (place === 'baseline' || place === 'download');
    // Without the commits the tip of the branch serves, where they are not ours to read.
    const isFound = !isBaselineLost || (point.operation === 'repos/list-commits' && /permission|^4(04|22)/.test(kind.name));
    check(run.exitCode === 1 || (!isFound && (run.exitCode ?? 0) > 0), `exit code ${run.exitCode}`);
    check(run.outputs['exit-code'] === String(run.exitCode), 'the output tells another exit code');
    // Stored bytes that are not those of the upload end the run before it asks anything.
    const isRefused = point.operation === 'blob/download' && isLasting && run.exitCode === 3 && run.outputs.verdict === '';
    if (!isRefused) problems.push(...new Set(early));
    const verdicts = isFound ? ['regressed'] : ['regressed', 'no-baseline', ''];
    check(verdicts.includes(run.outputs.verdict ?? ''), `verdict ${run.outputs.verdict}`);
    check(!isBaselineLost || !/first run/.test(summary), 'a failure was taken for a first run');
    check(summary.includes('support-bot'), 'nothing in the summary');
    check(isRefused || existsSync(run.outputs['run-log'] || '/nowhere'), 'no run log');

    const comments = github.state.comments.filter(({ issue }) => issue === change.pull.number);
    const isComment = place === 'comment' && isLasting;
    check(isComment ? comments.length <= 1 : comments.length === 1, `${comments.length} comments`);
    const checks = ownChecks(github).filter(({ headSha }) => headSha === change.pull.head.sha);
    check(place === 'check' && isLasting ? checks.length <= 1 : checks.length === 1, `${checks.length} checks`);
    const isClosable = !(point.operation === 'checks/update' && isLasting);
    if (isClosable)
      check(
        checks.every(({ status, conclusion }) => status === 'completed' && conclusion !== 'success'),
        'the check is open or green',
      );

    const warnings = warningsOf(run).join('\n');
    const isCommits = point.operation === 'repos/list-commits';
    // What was written although the answer was lost is found, and nothing is to be told.
    const isDone = (place === 'comment' && comments.length === 1) || (point.operation === 'checks/create' && checks.length === 1);
    // Of a redirect whose body breaks off, the head is enough.
    const isWhole = point.operation === 'actions/download-artifact' && /breaks off/.test(kind.name) && summary.includes('the exact base commit');
    if (isLasting && !isDone && !isWhole && !(isCommits && isFound) && point.operation !== 'blob/download' && place !== 'artifact') {
      // Of a run that is left out, the answer is enough.
      const said = place === 'baseline' || place === 'download' ? leftOut : (kind.says ?? new RegExp(kind.name.slice(0, 3)));
      check(said.test(`${warnings}\n${summary}\n${logOf(run)}`), `it does not say ${said}`);
    }
    if (point.operation === 'blob/download') check(!/permissions:/.test(warnings), 'the host of the bytes is taken for a permission');
    const isTold = kind.waitsMs !== undefined && place !== 'artifact' && point.operation !== 'blob/download';
    if (isTold)
      check(
        waits.some((ms) => ms >= (kind.waitsMs ?? 0)),
        `waited ${waits.join(', ')} ms only`,
      );
    return problems.map((problem) => `${point.operation}, ${kind.name}, ${isLasting ? 'for good' : 'once'}: ${problem}`);
  }
});

const leftOut = /GitHub answered (?:\d{3}|nothing usable)|it has expired or was deleted/;

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

describe('the kinds of fault', () => {
  it('are more than twelve, of every sort', () => {
    expect(new Set(faultKinds.map(({ name }) => name)).size).toBe(faultKinds.length);
    expect(faultKinds.length).toBeGreaterThanOrEqual(12);
  });
});

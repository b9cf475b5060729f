import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scenario as GitHubScenario, isBuilt, logOf, openScenario } from '../e2e/action-scenario.ts';
import { pullRequestRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import { type Kill, type KillBench, openKillBench } from '../harness/kill.ts';
import { type Scenario, scenarios } from '../harness/kill-scenarios.ts';
import { createRandom, soakSeed } from '../harness/random.ts';
import { size, soakRow } from '../harness/soak.ts';
import type { Operations } from '../helpers/run-cli.ts';

const seed = soakSeed(7);
const random = createRandom(seed);
let bench: KillBench;
beforeAll(async () => {
  bench = await openKillBench();
});
afterAll(() => bench.close());

interface Kind {
  name: string;
  scenario: string;
  /** Where it may be sent. */
  at: RegExp;
  signals: readonly ('SIGINT' | 'SIGTERM')[];
  isTwice?: boolean;
  /** The process that gets it goes on with one that was killed. */
  isResumed?: boolean;
  share: number;
  full: number;
}

const both = ['SIGINT', 'SIGTERM'] as const;
/** Not before the process listens for signals: until then they end it as they end any. */
const kinds: readonly Kind[] = [
  {
    name: 'while the agent is asked',
    scenario: 'a plain run',
    at: /^(send|head|body):|\[(attempt|response|score|done)\]/,
    signals: both,
    share: 2,
    full: 20,
  },
  { name: 'while the judge is asked', scenario: 'a judged run', at: /:\/vN\/chat\/completions/, signals: both, share: 1, full: 12 },
  { name: 'while a child checks', scenario: 'a run with a module checker', at: /^(spawn|tell|hear):/, signals: both, share: 1, full: 10 },
  {
    name: 'while a suspicion is confirmed',
    scenario: 'a comparison with confirmations',
    at: /^(send|head|body):\/ask#1[3-6]$/,
    signals: both,
    share: 1,
    full: 10,
  },
  {
    name: 'in a resumed run',
    scenario: 'a plain run',
    at: /^(send|body):|\[(attempt|response|done)\]/,
    signals: both,
    isResumed: true,
    share: 1,
    full: 12,
  },
  {
    name: 'while the reports are written',
    scenario: 'a plain run',
    at: /^(open|write|sync|rename):.*(report|assessment|results|junit|history)/,
    signals: both,
    share: 1,
    full: 10,
  },
  {
    name: 'twice',
    scenario: 'a judged run',
    at: /^(send|body):|\[(attempt|response|done)\]/,
    signals: ['SIGINT'],
    isTwice: true,
    share: 1,
    full: 16,
  },
];

const scenarioOf = ({ scenario }: Kind): Scenario => scenarios.find(({ name }) => name === scenario)!;

/** The names where the signal may come, without the occurrence that a resumed process does not reach. */
async function killsOf(kind: Kind): Promise<Kill[]> {
  const names = (await bench.trace(scenarioOf(kind))).flat().filter((name) => kind.at.test(name) && (!kind.isResumed || /#[12]$/.test(name)));
  const name = random.pick(names);
  const at = `${random.pick(['before', 'after'])}:${name}`;
  const signal = random.pick(kind.signals);
  const stop: Kill = kind.isTwice ? { at: `before:${name}`, signal, again: `after:${name}` } : { at, signal };
  return kind.isResumed ? [{ at: `after:write:run.jsonl[done]#${1 + random.below(3)}` }, stop] : [stop];
}

describe('a job that is asked to stop', () => {
  it('F24 ends within 5 s with a labelled partial report, or at once when it is told twice, and goes on later', async () => {
    const broken: string[] = [];
    let stopped = 0;
    let asked = 0;
    for (const kind of kinds) {
      for (let count = 0; count < size(kind.share, kind.full); count++) {
        const kills = await killsOf(kind);
        const { killed, violations } = await bench.run(scenarioOf(kind), kills);
        asked++;
        stopped += killed > (kind.isResumed ? 1 : 0) ? 1 : 0;
        broken.push(...violations.map((violation) => `${kind.name}, ${JSON.stringify(kills)}: ${violation}`));
      }
    }
    soakRow({
      goal: 'G2',
      what: 'SIGINT, SIGTERM and both of two SIGINT at named operations of a run',
      wanted: '≥ 90 points; ended ≤ 5 s, sound journal, labelled partial report, 130/143, resumed to the same result',
      measured: `${asked} points, ${stopped} of them before its end; ${broken.length} broken promises`,
      isMet: broken.length === 0 && stopped >= asked * 0.7,
    });
    expect(broken, `seed ${seed}`).toEqual([]);
    expect(stopped).toBeGreaterThanOrEqual(asked * 0.7);
  });
});

describe.skipIf(!isBuilt)('a publisher that is asked to stop', () => {
  let scenario: GitHubScenario;
  let folder: string;
  beforeAll(async () => {
    scenario = await openScenario();
    folder = mkdtempSync(join(tmpdir(), 'signals-'));
  });
  afterAll(async () => {
    await scenario.close();
    rmSync(folder, { recursive: true });
  });

  it('F24 leaves no check open and no comment twice, wherever between its requests it is', async () => {
    const { github } = scenario;
    const inputs = { mode: 'publish' };
    // Of a pull request of its own: a second report of one has less to write.
    const publishNew = async (operations: Operations) => {
      const change = pullRequestRun(github, { isFork: true });
      await scenario.run(change);
      const run = await scenario.run(workflowRunRun(github, { of: change }), { inputs, operations });
      return { change, run, endedAt: Date.now() };
    };
    const list = join(folder, 'names');
    await publishNew({ list });
    const names = [...readFileSync(list, 'utf8').matchAll(/(fetch:\S+)/g)].map(([name]) => name);
    const broken: string[] = [];
    const wanted = size(2, Math.max(10, names.length));
    for (let count = 0; count < wanted; count++) {
      const name = wanted >= names.length ? names[count % names.length]! : random.pick(names);
      const at = `${count % 2 === 0 ? 'before' : 'after'}:${name}`;
      const signals = join(folder, `signals-${count}`);
      const { change, run, endedAt } = await publishNew({ list: signals, kill: [{ at, signal: 'SIGINT' }] });
      const sentAt = Number(/^signal (\d+)$/m.exec(readFileSync(signals, 'utf8'))?.[1] ?? Number.NaN);
      const note = (text: string) => broken.push(`${at}: ${text}\n${logOf(run)}`);
      const comments = () => github.state.comments.filter(({ issue }) => issue === change.pull.number).length;
      if (Number.isNaN(sentAt)) note('the signal was not sent');
      if (endedAt - sentAt > 5000) note(`it took ${endedAt - sentAt} ms`);
      // Once everything was written there is nothing left to stop.
      const isOver = run.exitCode === 0 && comments() === 1 && ownChecks(github).at(-1)?.status === 'completed';
      if (run.exitCode !== 130 && !isOver) note(`it ended with ${run.exitCode}`);
      if (/a bug in/.test(logOf(run))) note('it said that it has a bug');
      if (ownChecks(github).some(({ status }) => status !== 'completed')) note('a check is open');
      if (comments() > 1) note(`${comments()} comments`);
      await scenario.run(workflowRunRun(github, { of: change }), { inputs });
      if (comments() !== 1) note(`${comments()} comments in the end`);
    }
    soakRow({
      goal: 'G2',
      what: 'SIGINT at requests of publish',
      wanted: '≥ 10 points; ended ≤ 5 s with 130, no open check, one comment',
      measured: `${wanted} points, ${broken.length} broken promises`,
      isMet: broken.length === 0,
    });
    expect(broken).toEqual([]);
    expect(github.violations).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kill, type KillBench, type KillOptions, openKillBench } from '../harness/kill.ts';
import { type Scenario, scenarios } from '../harness/kill-scenarios.ts';
import { createRandom, type Random, soakSeed } from '../harness/random.ts';
import { isFull, size, soakRow } from '../harness/soak.ts';

const seed = soakSeed(1);
/** Of which two fifths are named operations and the rest times; the goal is 500, 5,000 are a matter of hours. */
const points = Number(process.env.SOAK_POINTS ?? size(12, 500));
const namedPoints = isFull ? Math.max(200, Math.round(points * 0.4)) : 8;
const chains = size(1, 50);

let benches: KillBench[] = [];
beforeAll(async () => {
  benches = await Promise.all(Array.from({ length: size(1, 3) }, () => openKillBench()));
});
afterAll(() => Promise.all(benches.map((bench) => bench.close())));

interface Job extends KillOptions {
  scenario: Scenario;
  kills: Kill[];
}

interface Swept {
  jobs: number;
  killed: number;
  /** Jobs of which at least one process died as told. */
  struck: Job[];
  violations: string[];
}

/** Every bench takes the next job until none is left. */
async function sweep(jobs: readonly Job[]): Promise<Swept> {
  const swept: Swept = { jobs: jobs.length, killed: 0, struck: [], violations: [] };
  const queue = [...jobs];
  const work = async (bench: KillBench): Promise<void> => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      const { killed, violations } = await bench.run(job.scenario, job.kills, job);
      swept.killed += killed;
      if (killed > 0) swept.struck.push(job);
      for (const violation of violations) {
        const told = `${job.scenario.name}, killed ${JSON.stringify(job.kills)} from step ${job.from ?? 0}: ${violation}`;
        swept.violations.push(told);
        // At once: a full sweep takes long.
        console.warn(told);
      }
    }
  };
  await Promise.all(benches.map(work));
  return swept;
}

/** What only looks at the disk changes nothing whose loss could be seen. */
const isWriting = (name: string) => !/^(stat|read|readdir|close):/.test(name);

/** The operations of every scenario, by what is done at which phase of them: `before:write:run.jsonl[done]`. */
async function findPoints(): Promise<Map<string, { scenario: Scenario; from: number; at: string }[]>> {
  const groups = new Map<string, { scenario: Scenario; from: number; at: string }[]>();
  for (const [index, scenario] of scenarios.entries()) {
    const traces = await benches[index % benches.length]!.trace(scenario);
    for (const [from, names] of traces.entries()) {
      for (const name of names.filter(isWriting)) {
        const phases = /^write:run(\.rescored)?\.jsonl/.test(name) ? ['before', 'during', 'after'] : ['before', 'after'];
        for (const phase of phases) {
          const group = `${phase}:${name.replace(/#\d+$/, '')}`;
          groups.set(group, [...(groups.get(group) ?? []), { scenario, from, at: `${phase}:${name}` }]);
        }
      }
    }
  }
  return groups;
}

/** Points where a sweep has found a broken promise: never left to chance again. */
const onceBroken = (): Job[] => [{ scenario: named('execute and check'), from: 1, kills: [{ at: 'during:write:run.jsonl[end]#1' }] }];

function named(name: string): Scenario {
  const scenario = scenarios.find((one) => one.name === name);
  if (!scenario) throw new Error(`no scenario: ${name}`);
  return scenario;
}

/** Five of each of forty names first, then of each in turn, until there are so many. */
function choose(groups: Map<string, { scenario: Scenario; from: number; at: string }[]>, count: number, random: Random): Job[] {
  const shuffled = [...groups].map(([name, found]) => ({ name, found: shuffle(found, random) }));
  const lists = shuffle(shuffled, random).sort((a, b) => Number(b.found.length >= 5) - Number(a.found.length >= 5));
  const chosen = isFull ? lists.slice(0, 40).flatMap(({ found }) => found.splice(0, 5)) : [];
  while (chosen.length < count && lists.some(({ found }) => found.length > 0)) chosen.push(...lists.flatMap(({ found }) => found.splice(0, 1)));
  const jobs = chosen.slice(0, count).map(({ scenario, from, at }, index): Job => ({ scenario, from, kills: [{ at }], isChecked: index % 5 === 0 }));
  return jobs;
}

function shuffle<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((item) => ({ item, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

async function timesOf(scenario: Scenario): Promise<number[]> {
  return benches[scenarios.indexOf(scenario) % benches.length]!.durations(scenario);
}

/** At any time from the start of the process to its end. */
async function anyTime(index: number, random: Random): Promise<Job> {
  const scenario = scenarios[index % scenarios.length]!;
  const durations = await timesOf(scenario);
  const from = random.below(durations.length);
  return { scenario, from, kills: [{ afterMs: Math.round(random.next() * durations[from]!) }] };
}

/** Three to ten deaths of one job, half of them at a time and half of them at an operation that a resumed process has, too. */
async function chain(index: number, random: Random): Promise<Job> {
  const scenario = scenarios[index % scenarios.length]!;
  const [duration = 0] = await timesOf(scenario);
  const names = (await benches[index % benches.length]!.trace(scenario)).flat().filter((name) => isWriting(name) && /#[1-3]$/.test(name));
  const kills = Array.from({ length: 3 + random.below(size(2, 8)) }, (): Kill => {
    const phase = random.next() < 0.5 ? 'before' : 'after';
    return random.next() < 0.5 ? { afterMs: Math.round((0.2 + 0.8 * random.next()) * duration) } : { at: `${phase}:${random.pick(names)}` };
  });
  return { scenario, kills };
}

/** A bench does one thing at a time: its servers are shared by all its scenarios. */
async function oneByOne<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let index = 0; index < count; index++) made.push(await make(index));
  return made;
}

const wanted = '0 answers lost, 0 asked again, sent twice at most the concurrency per death, the same result as undisturbed';

function report({ what, goal, measured, swept, isEnough }: { what: string; goal: string; measured: string; swept: Swept; isEnough: boolean }): void {
  soakRow({
    goal: 'G1',
    what,
    wanted: `${goal}; ${wanted}`,
    measured: `${measured}; ${swept.violations.length} broken promises`,
    isMet: isEnough && swept.violations.length === 0,
  });
  expect(swept.violations, `seed ${seed}`).toEqual([]);
  expect(isEnough, measured).toBe(true);
}

describe('kill -9, then resume', () => {
  it('F23 loses and repeats nothing, whichever operation the process dies at', async () => {
    const groups = await findPoints();
    const jobs = [...onceBroken(), ...choose(groups, namedPoints, createRandom(seed))];
    const swept = await sweep(jobs);
    const hits = new Map<string, number>();
    for (const { kills } of swept.struck)
      for (const kill of kills) if ('at' in kill) hits.set(kill.at.replace(/#\d+$/, ''), (hits.get(kill.at.replace(/#\d+$/, '')) ?? 0) + 1);
    const full = [...hits.values()].filter((count) => count >= 5).length;
    report({
      what: 'kill -9 at named operations',
      goal: '≥ 40 names × ≥ 5 occurrences',
      measured: `${swept.killed} deaths at ${hits.size} names, ${full} of them 5 times or more`,
      swept,
      isEnough: isFull ? full >= 36 && swept.killed >= namedPoints * 0.9 : swept.killed >= namedPoints * 0.75,
    });
  });

  it('F23 loses and repeats nothing, whenever the process dies', async () => {
    const random = createRandom(seed + 1);
    const jobs = await oneByOne(points - namedPoints, (index) => anyTime(index, random));
    const swept = await sweep(jobs);
    report({
      what: 'kill -9 at any time',
      goal: '≥ 300 times',
      measured: `${swept.jobs} times, ${swept.killed} deaths before the end`,
      swept,
      isEnough: swept.killed > 0,
    });
  });

  it('F23 loses and repeats nothing when it dies again and again', async () => {
    const random = createRandom(seed + 2);
    const jobs = await oneByOne(chains, (index) => chain(index, random));
    const swept = await sweep(jobs);
    report({
      what: 'chains of kills',
      goal: '≥ 50 chains of 3–10 kills',
      measured: `${swept.jobs} chains, ${swept.killed} deaths`,
      swept,
      isEnough: swept.killed >= chains,
    });
  });
});

import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readRunIndex } from '../../src/io/run-log-file.ts';
import type { Assessment } from '../../src/records/assessment.ts';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { type JudgeServer, startJudgeServer, verdict } from '../helpers/judge-server.ts';
import { type CliResult, makeProject, type Project, runCli } from '../helpers/run-cli.ts';
import type { Scenario, Step } from './kill-scenarios.ts';
import { assessmentOf, createWitness, differences, resultFiles } from './kill-witness.ts';

/*
 * Kills a process at a named operation or at any time, goes on as its user would, and holds three witnesses against each other: what
 * the agent and the judge were asked, as their own servers saw it; the run logs, as they lay on the disk at each death; and the
 * result of a run that nobody disturbed. What they say together is that nothing which was recorded is lost or paid for again.
 */

/** Where one process is killed: at an operation (see operations.mjs), or after so many milliseconds. */
export type Kill = { at: string } | { afterMs: number } | StopSignal;

/** Where one process is asked to stop, and perhaps asked again. */
export interface StopSignal {
  at: string;
  signal: 'SIGINT' | 'SIGTERM';
  /** Where it gets the signal once more. */
  again?: string;
}

/** What came out of one killed and resumed job. */
export interface KillResult {
  /** Processes that died as they were told to. */
  killed: number;
  /** What must not be, in words; empty: all promises held. */
  violations: string[];
}

export interface KillOptions {
  /** The first step whose process is killed, from 0. */
  from?: number;
  /** After the first death, `check` scores what is there, in a copy: it must ask the agent nothing. */
  isChecked?: boolean;
}

export interface KillBench {
  /** Operations of the undisturbed processes, one list of names for each step. */
  trace(scenario: Scenario): Promise<string[][]>;
  /** Milliseconds that the undisturbed processes took, one number for each step. */
  durations(scenario: Scenario): Promise<number[]>;
  /** Takes the scenario to its end; its step `from` and the processes after it are killed as listed, each at its turn. */
  run(scenario: Scenario, kills: readonly Kill[], options?: KillOptions): Promise<KillResult>;
  close(): Promise<void>;
}

interface Reference {
  codes: (number | null)[];
  assessment: unknown;
  files: string[];
  trace: string[][];
  durations: number[];
}

/** Servers of its own, so that several benches can work at the same time; each of them does one thing at a time. */
export async function openKillBench(): Promise<KillBench> {
  const agent = await startAgentServer();
  const judge = await startJudgeServer(() => verdict(9));
  const servers = { agent, judge, templates: new Map<string, Project>() };
  const references = new Map<string, Promise<Reference>>();
  const referenceOf = (scenario: Scenario): Promise<Reference> => {
    const known = references.get(scenario.name) ?? findReference(servers, scenario);
    references.set(scenario.name, known);
    return known;
  };
  return {
    trace: async (scenario) => (await referenceOf(scenario)).trace,
    durations: async (scenario) => (await referenceOf(scenario)).durations,
    async run(scenario, kills, options = {}) {
      const reference = await referenceOf(scenario);
      return withProject(servers, scenario, (project) => runKilled({ ...servers, project, scenario, reference, kills, ...options }));
    },
    async close() {
      await agent.close();
      await judge.close();
      for (const project of servers.templates.values()) project.remove();
    },
  };
}

interface Servers {
  agent: AgentServer;
  judge: JudgeServer;
  templates: Map<string, Project>;
}

/** What is there before the first step is made once. */
async function prepared({ agent, judge, templates }: Servers, scenario: Scenario): Promise<Project> {
  const known = templates.get(scenario.name);
  if (known) return known;
  agent.behaviours = {};
  const project = makeProject(scenario.files({ agent: agent.url, judge: judge.url }));
  templates.set(scenario.name, project);
  for (const args of scenario.prepare ?? []) await runCli(args, { cwd: project.folder });
  return project;
}

async function withProject<T>(servers: Servers, scenario: Scenario, work: (project: Project) => Promise<T>): Promise<T> {
  const { agent, judge } = servers;
  const template = await prepared(servers, scenario);
  const project = makeProject();
  try {
    cpSync(template.folder, project.folder, { recursive: true });
    agent.reset();
    judge.seen.length = 0;
    agent.behaviours = scenario.behaviours ?? {};
    return await work(project);
  } finally {
    project.remove();
  }
}

function findReference(servers: Servers, scenario: Scenario): Promise<Reference> {
  return withProject(servers, scenario, async (project) => {
    const list = `${project.folder}.names`;
    const found: Reference = { codes: [], assessment: undefined, files: [], trace: [], durations: [] };
    for (const step of scenario.steps) {
      const startedAt = performance.now();
      const { code } = await runStep(project, step, step.args, { operations: { list } });
      found.durations.push(performance.now() - startedAt);
      found.codes.push(code);
      found.trace.push(
        readFileSync(list, 'utf8')
          .split('\n')
          .flatMap((line) => line.split(' ').slice(1)),
      );
      rmSync(list);
    }
    return { ...found, assessment: assessmentOf(project), files: resultFiles(project) };
  });
}

const runStep = (project: Project, step: Step, args: readonly string[], options: Partial<Parameters<typeof runCli>[1]>): Promise<CliResult> =>
  runCli(args, { cwd: project.folder, ...(step.program === undefined ? {} : { program: step.program }), ...options });

interface KilledRun extends Servers, KillOptions {
  project: Project;
  scenario: Scenario;
  reference: Reference;
  kills: readonly Kill[];
}

async function runKilled(run: KilledRun): Promise<KillResult> {
  const { project, scenario, reference, from = 0, isChecked = false } = run;
  const witness = createWitness(run);
  const { violations } = witness;
  const kills = [...run.kills];
  let killed = 0;
  for (const [number, step] of scenario.steps.entries()) {
    for (let args = step.args; ; args = step.resume) {
      const kill = number < from ? undefined : kills.shift();
      const list = `${project.folder}.signals`;
      const result = await runStep(project, step, args, kill ? optionsOf(kill, list) : {});
      const endedAt = Date.now();
      await witness.look();
      const signalledAt = kill && isStopSignal(kill) ? timeOfSignal(list) : undefined;
      if (kill && (result.code === 137 || (signalledAt !== undefined && result.code !== reference.codes[number]))) {
        killed++;
        if (isStopSignal(kill)) violations.push(...(await wrongStop({ run, kill, step, result, tookMs: endedAt - (signalledAt ?? 0) })));
        if (isChecked && killed === 1) violations.push(...(await checkCopy(run)));
        continue;
      }
      if (result.code !== reference.codes[number])
        violations.push(`${args.join(' ')} ended with ${result.code}, not ${reference.codes[number]}: ${result.stderr.slice(0, 400)}`);
      break;
    }
  }
  if (violations.length === 0) violations.push(...differences(project, reference));
  return { killed, violations };
}

/** When the first signal was sent, if any was. */
function timeOfSignal(list: string): number | undefined {
  const found = existsSync(list) ? /^signal (\d+)$/m.exec(readFileSync(list, 'utf8')) : null;
  rmSync(list, { force: true });
  return found ? Number(found[1]) : undefined;
}

const stopLimitMs = 5000;
const stopCodes = { SIGINT: 130, SIGTERM: 143 };

interface Stopped {
  run: KilledRun;
  kill: StopSignal;
  step: Step;
  result: CliResult;
  tookMs: number;
}

/** Whoever stops a job wants it to end soon, to tell so with its code, and to say in its report that it is a part. */
async function wrongStop({ run: { project }, kill, step, result, tookMs }: Stopped): Promise<string[]> {
  const problems: string[] = [];
  if (result.code !== stopCodes[kill.signal]) problems.push(`it ended with ${result.code} after ${kill.signal}: ${result.stderr.slice(0, 600)}`);
  if (tookMs > stopLimitMs) problems.push(`it took ${tookMs} ms to stop`);
  if (/This is a bug|unhandled/i.test(result.stderr)) problems.push(`it said ${result.stderr.slice(0, 600)}`);
  const isHeard = result.stderr.includes('stopping; a second one stops at once');
  if (kill.again !== undefined || step.program !== undefined || !isHeard || !step.args.includes('run')) return problems;
  const log = join(project.folder, 'out', 'run.jsonl');
  const { end } = await readRunIndex(log);
  const file = join(project.folder, 'out', 'assessment.json');
  const { complete, exitCode } = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Assessment).verdict
    : { complete: undefined, exitCode: 0 };
  if (complete === undefined) problems.push('it left no report');
  // What was shown by the part that is there may be a regression; a pass it is never.
  if (!end && (complete !== false || (exitCode !== 3 && exitCode !== 1)))
    problems.push(`its report is not that of a part: complete ${complete}, exit code ${exitCode}`);
  if (!end && !/partial|incomplete|stopped/i.test(project.read('out/report.md'))) problems.push('its report does not say that it is a part');
  return problems;
}

/** Scoring what a dead process left is for nothing. */
async function checkCopy({ project, agent, judge }: KilledRun): Promise<string[]> {
  const copy = makeProject();
  const asked = agent.requests.length;
  const judged = judge.seen.length;
  try {
    cpSync(project.folder, copy.folder, { recursive: true });
    const { code, stderr } = await runCli(['check', 'out', '-q'], { cwd: copy.folder });
    const problems = agent.requests.length > asked ? ['check asked the agent'] : [];
    return code === 4 || /at .+\.js:\d+/.test(stderr) ? [...problems, `check ended with ${code}: ${stderr.slice(0, 400)}`] : problems;
  } finally {
    judge.seen.length = judged;
    copy.remove();
  }
}

function isStopSignal(kill: Kill): kill is StopSignal {
  return 'signal' in kill;
}

function optionsOf(kill: Kill, list: string): Partial<Parameters<typeof runCli>[1]> {
  if ('afterMs' in kill) return { onStart: (child) => void setTimeout(() => child.kill('SIGKILL'), kill.afterMs) };
  if (!isStopSignal(kill)) return { operations: { kill: [kill] } };
  const { at, signal, again } = kill;
  return { operations: { list, kill: [{ at, signal }, ...(again === undefined ? [] : [{ at: again, signal }])] } };
}

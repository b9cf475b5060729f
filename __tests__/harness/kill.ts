import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { diffJson } from 'diff';
import { readRunIndex } from '../../src/io/run-log-file.ts';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { type JudgeServer, startJudgeServer, verdict } from '../helpers/judge-server.ts';
import { type CliResult, makeProject, type Project, runCli } from '../helpers/run-cli.ts';
import type { Scenario, Step } from './kill-scenarios.ts';

/*
 * Kills a process at a named operation or at any time, goes on as its user would, and holds three witnesses against each other: what
 * the agent and the judge were asked, as their own servers saw it; the run logs, as they lay on the disk at each death; and the
 * result of a run that nobody disturbed. What they say together is that nothing which was recorded is lost or paid for again.
 */

/** Where one process is killed: at an operation (see operations.mjs), or after so many milliseconds. */
export type Kill = { at: string } | { afterMs: number };

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

/** Servers of its own, so that several benches can work at the same time. */
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
      const result = await runStep(project, step, args, kill ? optionsOf(kill) : {});
      await witness.look();
      if (kill && result.code === 137) {
        killed++;
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

/** Between the end of this job and of one that nobody disturbed. */
function differences(project: Project, { assessment, files }: Reference): string[] {
  const found = existsSync(join(project.folder, 'out', 'assessment.json')) ? assessmentOf(project) : undefined;
  const names = resultFiles(project);
  const problems = isDeepStrictEqual(found, assessment)
    ? []
    : [
        `the assessment differs: ${diffJson(assessment as object, (found ?? {}) as object)
          .filter(({ added, removed }) => added || removed)
          .map(({ added, value }) => (added ? '+' : '-') + value)
          .join('')
          .slice(0, 1500)}`,
      ];
  if (!files.every((name) => names.includes(name))) problems.push(`files differ: ${names.join(' ')} instead of ${files.join(' ')}`);
  return problems;
}

function optionsOf(kill: Kill): Partial<Parameters<typeof runCli>[1]> {
  if ('at' in kill) return { operations: { kill: [kill] } };
  return { onStart: (child) => void setTimeout(() => child.kill('SIGKILL'), kill.afterMs) };
}

interface Record {
  type: string;
  sample?: string;
  epoch?: number;
  idempotencyKey?: string;
}

/** The lines of a run log that are whole; a line that is not may only be the last one. */
function recordsIn(path: string, violations: string[]): Record[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Record];
    } catch {
      if (index < lines.length - 1) violations.push(`${path}, line ${index + 1} is torn, and it is not the last one`);
      return [];
    }
  });
}

const slotOf = ({ sample, epoch }: Record) => `${epoch}/${sample}`;
/** What a key of a request says of its slot: a conversation that is begun anew, and each turn of it, has its own. */
const baseKey = (header: unknown) => /^[0-9a-f-]{36}-[0-9a-f]{24}-\d+/.exec(String(header))?.[0] ?? String(header);

/** Looks at the disk and the servers after each process, and notes what must not be. */
function createWitness({ project, scenario, agent, judge }: KilledRun) {
  const violations: string[] = [];
  const paths = scenario.logs.map((log) => join(project.folder, log, 'run.jsonl'));
  const kept = scenario.keeps ? readFileSync(paths[0] ?? '') : undefined;
  /** Slots with an answer on disk at the last look, by key; and what the judge has said about slots that are done. */
  let answered = new Set<string>();
  let scored = new Set<string>();
  let seenRequests = 0;
  let seenJudgements = 0;
  const bodies = new Map<string, string>();

  const lookAtRequests = (logs: Record[][]): void => {
    const fresh = agent.requests.slice(seenRequests);
    seenRequests = agent.requests.length;
    const onDisk = new Set<string>();
    const responded = new Set<string>();
    for (const records of logs) {
      const keys = new Map(records.flatMap((record) => (record.type === 'attempt' ? [[slotOf(record), record.idempotencyKey ?? '']] : [])));
      for (const key of keys.values()) onDisk.add(key);
      for (const record of records) if (record.type === 'response') responded.add(keys.get(slotOf(record)) ?? '');
    }
    for (const { headers, body, path } of fresh) {
      const full = String(headers['idempotency-key']);
      const key = baseKey(full);
      if (answered.has(key)) violations.push(`${key} was asked again, though its answer was on disk`);
      if (!onDisk.has(key)) violations.push(`${key} was asked without an attempt on disk`);
      const text = path + JSON.stringify(body);
      if ((bodies.get(full) ?? text) !== text) violations.push(`${full} stands for two requests: ${bodies.get(full)} and ${text}`);
      bodies.set(full, text);
    }
    const ambiguous = new Set(fresh.map(({ headers }) => baseKey(headers['idempotency-key'])).filter((key) => !responded.has(key)));
    if (ambiguous.size > scenario.concurrency) violations.push(`${ambiguous.size} slots were under way at once`);
    answered = responded;
  };
  const lookAtJudge = (records: Record[]): void => {
    for (const { material } of judge.seen.slice(seenJudgements)) {
      if (scored.has(material.answer)) violations.push(`the judge was asked again about ${material.answer}`);
    }
    seenJudgements = judge.seen.length;
    scored = new Set(records.flatMap(({ type, sample }) => (type === 'done' ? [`echo: q${sample?.slice(1)}`] : [])));
  };
  return {
    violations,
    async look(): Promise<void> {
      const logs = paths.map((path) => recordsIn(path, violations));
      lookAtRequests(logs);
      if (judge.seen.length > 0) lookAtJudge(logs.flat());
      for (const [number, path] of paths.entries()) {
        violations.push(...repeatedIn(logs[number] ?? [], path));
        const isThere = existsSync(path) && readFileSync(path).length > 0;
        const problem = isThere ? await readRunIndex(path).then(() => undefined, String) : undefined;
        if (problem !== undefined) violations.push(`${path} cannot be read: ${problem}`);
      }
      violations.push(...brokenFiles(project));
      if (kept && !isKept(project, kept)) violations.push('the run log of before is gone');
    },
  };
}

function isKept(project: Project, content: Buffer): boolean {
  const folder = join(project.folder, 'out');
  return readdirSync(folder).some((name) => /^run(\.previous.*)?\.jsonl$/.test(name) && readFileSync(join(folder, name)).equals(content));
}

/** A slot ends once, and is answered once. */
function repeatedIn(records: readonly Record[], path: string): string[] {
  const seen = new Set<string>();
  return records.flatMap((record) => {
    if (!['response', 'done', 'end'].includes(record.type)) return [];
    const name = `${record.type} ${record.type === 'end' ? '' : slotOf(record)}`;
    if (seen.has(name)) return [`${path} has two records ${name}`];
    seen.add(name);
    return [];
  });
}

const endings: [RegExp, (text: string) => boolean][] = [
  [/^assessment\.json$/, isJson],
  [/\.html$/, (text) => text.trimEnd().endsWith('</html>')],
  [/\.xml$/, (text) => text.trimEnd().endsWith('>') && text.includes('</testsuites>')],
  [/\.(md|csv)$/, (text) => text.endsWith('\n')],
  [/^(history|evidence)\.jsonl$/, (text) => text.split('\n').every((line) => line === '' || isJson(line))],
];

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Result files are whole or absent. */
function brokenFiles(project: Project): string[] {
  const out = join(project.folder, 'out');
  if (!existsSync(out)) return [];
  return readdirSync(out).flatMap((name) => {
    const check = name.startsWith('.') ? undefined : endings.find(([pattern]) => pattern.test(name))?.[1];
    return check && !check(readFileSync(join(out, name), 'utf8')) ? [`${name} is not whole`] : [];
  });
}

/** What people find in the folder in the end. */
const resultFiles = (project: Project): string[] =>
  readdirSync(join(project.folder, 'out'))
    .filter((name) => !name.startsWith('.'))
    .sort();

/** Without what two undisturbed runs differ in as well, and without the attempts, which tell of each kill. */
function assessmentOf(project: Project): unknown {
  const { run, cost, metrics, baseline, ...rest } = JSON.parse(project.read('out/assessment.json').replaceAll(/127\.0\.0\.1:\d+/g, 'host')) as {
    [key in 'run' | 'cost' | 'baseline']: { [name: string]: unknown };
  } & { metrics: { name: string }[] };
  for (const name of ['runId', 'startedAt', 'durationMs', 'latencyMs']) delete run[name];
  for (const name of ['agentCalls', 'baselineAgentCalls']) delete cost[name];
  delete baseline.ageHours;
  return { ...rest, run, cost, baseline, metrics: metrics.filter(({ name }) => !name.endsWith('Ms')) };
}

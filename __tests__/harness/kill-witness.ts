import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { diffJson } from 'diff';
import { readRunIndex } from '../../src/io/run-log-file.ts';
import type { AgentServer } from '../helpers/agent-server.ts';
import type { JudgeServer } from '../helpers/judge-server.ts';
import type { Project } from '../helpers/run-cli.ts';
import type { Scenario } from './kill-scenarios.ts';

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

interface Witnessed {
  project: Project;
  scenario: Scenario;
  agent: AgentServer;
  judge: JudgeServer;
}

export interface Witness {
  /** What must not be, in words. */
  readonly violations: string[];
  /** Looks at the disk and the servers; to be called after each process. */
  look(): Promise<void>;
}

/** A witness of one job from before its first process on. */
export function createWitness({ project, scenario, agent, judge }: Witnessed): Witness {
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
    // Who checks a run that has all its scores wants them anew.
    const isOver = scenario.steps.some(({ args }) => args.includes('check')) && records.some(({ type }) => type === 'end');
    scored = new Set(isOver ? [] : records.flatMap(({ type, sample }) => (type === 'done' ? [`echo: q${sample?.slice(1)}`] : [])));
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
export const resultFiles = (project: Project): string[] =>
  readdirSync(join(project.folder, 'out'))
    .filter((name) => !name.startsWith('.'))
    .sort();

/** Without what two undisturbed runs differ in as well, and without the attempts, which tell of each kill. */
export function assessmentOf(project: Project): unknown {
  const { run, cost, metrics, baseline, ...rest } = JSON.parse(project.read('out/assessment.json').replaceAll(/127\.0\.0\.1:\d+/g, 'host')) as {
    [key in 'run' | 'cost' | 'baseline']: { [name: string]: unknown };
  } & { metrics: { name: string }[] };
  for (const name of ['runId', 'startedAt', 'durationMs', 'latencyMs']) delete run[name];
  for (const name of ['agentCalls', 'baselineAgentCalls']) delete cost[name];
  delete baseline.ageHours;
  return { ...rest, run, cost, baseline, metrics: metrics.filter(({ name }) => !name.endsWith('Ms')) };
}

/** Between the end of this job and of one that nobody disturbed. */
export function differences(project: Project, { assessment, files }: { assessment: unknown; files: readonly string[] }): string[] {
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
  // A resume of a process that had not begun its log goes on with the log of before, which then stays in its place.
  if (!files.every((name) => names.includes(name) || name.startsWith('run.previous')))
    problems.push(`files differ: ${names.join(' ')} instead of ${files.join(' ')}`);
  return problems;
}

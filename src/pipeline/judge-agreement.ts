import { basename, extname, join } from 'node:path';
import type { CompiledChecker } from '../checkers/compile.ts';
import { agreementOf, type RatedAnswer, type RatingScale } from '../compare/agreement.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { datasets } from '../datasets/registry.ts';
import { makeSampleMaker } from '../datasets/to-sample.ts';
import { ExitCode, type Problem, ToolError } from '../errors.ts';
import { systemClock } from '../io/clock.ts';
import { readChunks } from '../io/files.ts';
import { shortDigest } from '../io/hash.ts';
import { openPaidLines } from '../io/paid-lines.ts';
import { AgreementHeader, agreementSchemaVersion, type JudgeAgreement, JudgedLabel, LabelledAnswer } from '../records/agreement.ts';
import { scopeOf } from '../records/check-scope.ts';
import { canonicalJson } from '../records/json.ts';
import type { Sample } from '../records/sample.ts';
import { addUsage, type JudgeUsage } from '../records/score.ts';
import type { Trajectory } from '../records/trajectory.ts';
import { createBudget, withoutCalls } from '../run/core/budget.ts';
import { createRedactor } from '../run/core/redact.ts';
import { textOf } from '../template.ts';
import { createAsReady } from './as-ready.ts';
import { openSuite } from './open-suite.ts';

export interface AgreementRequest {
  config: SuiteConfig;
  /** Absolute path of the labels, and as the user named it. */
  labels: { path: string; file: string };
  /** Name of a `judge` checker of the suite; needed where there are several. */
  checker?: string;
  outputDir: string;
  signal: AbortSignal;
  onNote: (message: string) => void;
}

/**
 * Asks the judge about answers that people have labelled, and says how far the two agree. What was said of an answer is
 * on disk before the next question ends, and is not asked again.
 * @returns the agreement, and `incomplete` when an answer has no score of the judge.
 * @throws ToolError for labels or a checker that cannot work.
 */
export async function measureAgreement(request: AgreementRequest): Promise<{ agreement: JudgeAgreement; exitCode: ExitCode }> {
  const { config, outputDir } = request;
  const checker = judgeOf(config, request.checker);
  const answers = await readLabels(request.labels, checker);
  // Lines with a rubric of their own are judged by it; all else is as in the suite.
  const lineRubric = {
    ...checker,
    name: `${checker.name} (rubric of the line)`,
    options: { ...(checker.options as object), rubric: '{{row.rubric}}' },
  };
  const suite = await openSuite({ ...config, checkers: [checker, lineRubric] }, request.signal);
  const file = await openPaidLines(
    { path: join(outputDir, 'judge-agreement.jsonl'), header: AgreementHeader, record: JudgedLabel, isWanted: isReadable },
    { type: 'judge-agreement', schemaVersion: agreementSchemaVersion, at: systemClock.now().toISOString() },
  );
  try {
    const [own, ofLine] = await suite.checkersOf({ ...emptySample });
    const check = (answer: Labelled) => (answer.hasRubric ? ofLine : own);
    const isOf = (answer: Labelled) => (record: JudgedLabel) => record.answer === answer.digest && record.fingerprint === check(answer)?.fingerprint;
    const known = new Map(answers.map((answer) => [answer, file.records.filter(isOf(answer))]));
    const open = answers.filter((answer) => known.get(answer)?.at(-1)?.kind !== 'scored');
    if (open.length < answers.length) request.onNote(`${answers.length - open.length} of ${answers.length} answers were judged earlier`);
    const budget = createBudget({ caps: withoutCalls(config.budget), monotonicMs: systemClock.monotonicMs });
    const redactor = createRedactor(config.secrets);
    const judging = createAsReady<{ answer: Labelled; record: JudgedLabel }>(config.concurrency, ({ answer, record }) => {
      if (request.signal.aborted && record.kind === 'unscored') return;
      // What is printed is what the file says.
      const told = redactor.json(record);
      file.append(told);
      known.get(answer)?.push(told);
      budget.addUsage(record.judge);
    });
    for (const answer of open) {
      if (request.signal.aborted || budget.exhausted()) break;
      const compiled = check(answer);
      if (compiled) await judging.add(judgeOne(answer, compiled));
    }
    await judging.drain();
    const agreement = conclude(answers, known, { suite: config.suite, checker: checker.name, scale: scaleOf(answers, checker) });
    return { agreement, exitCode: agreement.scored === answers.length ? ExitCode.pass : ExitCode.incomplete };
  } finally {
    file.close();
    await suite.close();
  }
}

function isReadable({ schemaVersion }: AgreementHeader): boolean {
  return schemaVersion <= agreementSchemaVersion;
}

async function judgeOne(answer: Labelled, checker: CompiledChecker): Promise<{ answer: Labelled; record: JudgedLabel }> {
  const { sample, trajectory, digest } = answer;
  const score = await checker.check({ sample, trajectory, epoch: 1, scope: scopeOf(sample, trajectory, 1) });
  return { answer, record: { type: 'judged-label', answer: digest, fingerprint: checker.fingerprint, ...score } };
}

type JudgeConfig = SuiteConfig['checkers'][number];

function judgeOf({ checkers, file }: SuiteConfig, name: string | undefined): JudgeConfig {
  const judges = checkers.filter(({ type }) => type === 'judge');
  const found = name === undefined && judges.length > 1 ? undefined : judges.find((checker) => name === undefined || checker.name === name);
  if (found) return { ...found, not: false };
  const known = judges.map((checker) => checker.name).join(', ');
  throw new ToolError({
    code: 'judge-missing',
    message:
      judges.length === 0
        ? `${file} has no "judge" checker`
        : name === undefined
          ? `${file} has several judges: ${known}`
          : `${file} has no judge "${name}"`,
    remedy: judges.length === 0 ? 'add one, such as: checkers: [{type: judge, rubric: "…"}]' : `name one of them: --checker NAME, of ${known}`,
  });
}

/** A line of the labels, ready to be judged. */
interface Labelled {
  id: string;
  line: number;
  sample: Sample;
  trajectory: Trajectory;
  label: LabelledAnswer['label'];
  hasRubric: boolean;
  /** Of all but the label. */
  digest: string;
}

interface JudgeScaleOptions {
  rubric: string | string[];
  choices?: Record<string, number>;
  threshold: number;
}

async function readLabels({ path, file }: AgreementRequest['labels'], checker: JudgeConfig): Promise<Labelled[]> {
  const format = datasets.entries.find(({ extensions }) => extensions.includes(extname(path).toLowerCase()));
  if (!format)
    throw labelsInvalid(file, [{ file, message: `${basename(path)} has no known ending`, remedy: 'name it .jsonl, .json, .yaml or .csv' }]);
  const { toSample } = makeSampleMaker({ digest: shortDigest });
  const answers: Labelled[] = [];
  const problems: Problem[] = [];
  for await (const source of format.rows(readChunks(path), file)) {
    const at = { file, line: source.line };
    const parsed = LabelledAnswer.safeParse(source.row);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      problems.push({ ...at, field: issue?.path.join('.') ?? '', message: issue?.message ?? 'not a labelled answer', remedy: linesRemedy });
      continue;
    }
    const { output, trajectory, label, rubric, ...asked } = parsed.data;
    if (output === undefined && !trajectory) problems.push({ ...at, field: 'output', message: 'there is no answer', remedy: linesRemedy });
    const problem = labelProblem(label, checker.options as JudgeScaleOptions);
    if (problem !== undefined) problems.push({ ...at, field: 'label', message: problem, remedy: linesRemedy });
    const { label: _, ...row } = source.row;
    const sample = { ...toSample({ row: { ...asked, checkers: [] } as typeof source.row, line: source.line }, file), row };
    const said = trajectory ?? { turns: [{ input: sample.input, output: textOf(output), steps: [] }] };
    const hasRubric = rubric !== undefined && rubric.trim() !== '';
    answers.push({
      id: sample.id,
      line: source.line,
      sample,
      trajectory: said,
      label,
      hasRubric,
      digest: shortDigest(canonicalJson({ ...row, id: null })),
    });
  }
  if (problems.length === 0 && answers.length === 0) problems.push({ file, message: 'there are no labels', remedy: linesRemedy });
  const kinds = new Set(answers.map(({ label }) => kindOf(label, checker)));
  if (problems.length === 0 && kinds.size > 1)
    problems.push({
      file,
      field: 'label',
      message: `the labels are of several kinds: ${[...kinds].join(', ')}`,
      remedy: 'label every answer in the same way',
    });
  if (problems.length > 0) throw labelsInvalid(file, problems);
  return answers;
}

const linesRemedy =
  'a line is {"input": …, "output": …, "label": "pass" | "fail" | 0..1 | one of the choices}, with "expected" and "rubric" where wanted';

function labelsInvalid(file: string, problems: Problem[]): ToolError {
  return new ToolError({ code: 'labels-invalid', message: `${file} cannot be used`, problems });
}

function labelProblem(label: LabelledAnswer['label'], { choices, rubric }: JudgeScaleOptions): string | undefined {
  if (typeof label === 'string' && choices && Object.hasOwn(choices, label) && Array.isArray(rubric) && rubric.length > 1)
    return 'with several rubrics the judge makes no one choice: label with pass, fail or a number';
  if (typeof label === 'boolean') return undefined;
  if (typeof label === 'number') return label >= 0 && label <= 1 ? undefined : `the label ${label} is not in 0..1`;
  if (choices ? Object.hasOwn(choices, label) : false) return undefined;
  const known = [...Object.keys(choices ?? {}), 'pass', 'fail'].join(', ');
  return label === 'pass' || label === 'fail' ? undefined : `"${label.slice(0, 100)}" is none of ${known}`;
}

function kindOf(label: LabelledAnswer['label'], checker: JudgeConfig): RatingScale['kind'] {
  const { choices } = checker.options as JudgeScaleOptions;
  if (typeof label === 'number') return 'number';
  return typeof label === 'string' && choices && Object.hasOwn(choices, label) ? 'choice' : 'verdict';
}

function scaleOf([first]: readonly Labelled[], checker: JudgeConfig): RatingScale {
  const { choices, threshold } = checker.options as JudgeScaleOptions;
  const kind = first ? kindOf(first.label, checker) : 'verdict';
  return { kind, threshold, ...(kind === 'choice' && choices ? { choices: Object.entries(choices).map(([name, value]) => ({ name, value })) } : {}) };
}

function ratingOf(label: LabelledAnswer['label'], { threshold, choices }: RatingScale): RatedAnswer['label'] {
  if (typeof label === 'boolean') return { pass: label };
  const value = typeof label === 'number' ? label : choices?.find(({ name }) => name === label)?.value;
  return value === undefined ? { pass: label === 'pass' } : { pass: value >= threshold, value };
}

function conclude(
  answers: readonly Labelled[],
  known: ReadonlyMap<Labelled, readonly JudgedLabel[]>,
  { suite, checker, scale }: { suite: string; checker: string; scale: RatingScale },
): JudgeAgreement {
  const rated: RatedAnswer[] = [];
  const unscored: JudgeAgreement['unscored'] = [];
  let unasked = 0;
  let usage: JudgeUsage | undefined;
  for (const answer of answers) {
    const { id, line, label } = answer;
    const records = known.get(answer) ?? [];
    for (const { judge } of records) usage = addUsage(usage, judge);
    const last = records.at(-1);
    if (!last) unasked++;
    else if (last.kind === 'unscored') unscored.push({ id, line, reason: last.reason });
    else rated.push({ id, line, label: ratingOf(label, scale), judge: { pass: last.pass, value: last.value, reason: last.reason } });
  }
  const counts = { labels: answers.length, scored: rated.length, unscored, unasked };
  const head = { schemaVersion: agreementSchemaVersion, suite, checker, ...counts, kind: scale.kind, threshold: scale.threshold };
  return { ...head, ...agreementOf(rated, scale), ...(usage ? { usage } : {}) };
}

const emptySample: Sample = {
  ...{ id: '', input: '', tags: [], weight: 1, critical: false, turns: [], files: [], checkers: [] },
  ...{ metadata: {}, row: {}, hash: '', scoreHash: '', file: '', line: 1 },
};

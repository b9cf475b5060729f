import type { PublishResult } from '../github/publish-result.ts';
import type { Evaluation } from '../pipeline/ports.ts';

/** Every output of action.yml; with several suites, those of the worst one. */
export const outputTable = {
  verdict: '`regressed`, `improved`, `no-change`, `inconclusive`, `no-baseline`, or `not-evaluated` when nothing was asked.',
  'exit-code': '0 pass, 1 regression, 2 usage or config, 3 incomplete or infrastructure, 4 bug, 130 or 143 cancelled.',
  accepted: '`true` when a regression was accepted, by a comment or a label; see docs/github.md.',
  regressed: 'Number of samples that regressed.',
  fixed: 'Number of samples that were fixed.',
  'pass-rate': 'Pass rate of this run, 0 to 1; empty when nothing was scored.',
  'baseline-pass-rate': 'Pass rate of the baseline on the samples that were compared, 0 to 1; empty without a baseline.',
  change: 'Change of the pass rate, such as -0.072; empty without a baseline.',
  'baseline-sha': 'Commit of the newest baseline run; empty without a baseline.',
  'run-log': 'Path of run.jsonl.',
  'report-html': 'Path of the HTML report; empty when there is none.',
  'comment-url': 'The pull-request comment; empty when there is none.',
  'check-url': 'The check run; empty when there is none.',
  'issue-url': 'The issue about a regression of the default branch; empty when none was written.',
} as const;

export type OutputName = keyof typeof outputTable;
export type Outputs = Record<OutputName, string>;

/** What came of one suite. */
export interface SuiteOutcome {
  suite: string;
  exitCode: number;
  evaluation?: Evaluation;
  /** Of a shard, which has no evaluation. */
  runLog?: string;
  /** Nothing was asked, because these variables have no value. */
  notEvaluated?: { variables: readonly string[] };
  published: Partial<Record<'artifact' | 'summary' | 'check' | 'comment' | 'issue', PublishResult>>;
}

/** Numbers, known words and our own paths only: nothing that a sample, an agent or a branch could have named. */
export function outputsOf(outcome: SuiteOutcome, hasHtml: boolean): Outputs {
  const { evaluation, published } = outcome;
  const assessment = evaluation?.assessment;
  const effect = assessment?.suiteEffect;
  return {
    verdict: outcome.notEvaluated ? 'not-evaluated' : (assessment?.verdict.status ?? ''),
    'exit-code': String(outcome.exitCode),
    accepted: String(isAccepted(outcome)),
    regressed: numberText(assessment?.counts.regressed),
    fixed: numberText(assessment?.counts.fixed),
    'pass-rate': numberText(assessment?.passRate ?? effect?.rate),
    'baseline-pass-rate': numberText(effect?.baselineRate),
    change: numberText(effect?.change),
    'baseline-sha': shaText(assessment?.baseline.sha),
    'run-log': evaluation?.runLog ?? outcome.runLog ?? '',
    'report-html': hasHtml ? (evaluation?.files.html ?? '') : '',
    'comment-url': urlOf(published.comment),
    'check-url': urlOf(published.check),
    'issue-url': urlOf(published.issue),
  };
}

/** Somebody accepted the regression of this suite. */
export function isAccepted({ evaluation }: SuiteOutcome): boolean {
  return evaluation?.assessment.acceptance !== undefined;
}

/** Which of several suites stands for all: a regression is known even where another could not finish, and a pass does not hide one that was not evaluated. */
export function worstOf(outcomes: readonly SuiteOutcome[]): SuiteOutcome | undefined {
  return outcomes.reduce<SuiteOutcome | undefined>((worst, next) => (worst && rank(worst) >= rank(next) ? worst : next), undefined);
}

const byWeight: readonly number[] = [0, 3, 1, 2, 4, 130, 143];

function rank({ exitCode, notEvaluated }: SuiteOutcome): number {
  return byWeight.indexOf(exitCode) + (notEvaluated ? 0.5 : 0);
}

function numberText(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '';
  return String(Math.round(value * 1e6) / 1e6 + 0);
}

function shaText(value: string | undefined): string {
  return value !== undefined && /^[0-9a-f]{7,64}$/.test(value) ? value : '';
}

function urlOf(result: PublishResult | undefined): string {
  return result?.kind === 'published' ? (result.url ?? '') : '';
}

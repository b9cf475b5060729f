import type { JudgeNoise } from '../records/assessment.ts';
import type { JudgementRecord } from '../records/judgement.ts';
import { addUsage, type JudgeUsage } from '../records/score.ts';

/** Split answers that are listed; the others are counted. */
const maxListed = 50;

/** The scores of one recorded answer by one checker. */
interface JudgedAnswer {
  sample: string;
  epoch: number;
  values: number[];
  passes: number;
}

/** Collects judgements one at a time: only their numbers are kept. */
export interface NoiseCollector {
  add(judgement: JudgementRecord): void;
  /** One entry per checker that was heard, in the order of their first judgement. */
  noise(): JudgeNoise[];
}

/** How much of what a checker says is its own mood: every answer was scored several times. Unscored judgements count as none. */
export function collectJudgeNoise(): NoiseCollector {
  const byChecker = new Map<string, { answers: Map<string, JudgedAnswer>; unscored: number; usage: JudgeUsage | undefined }>();
  return {
    add(judgement) {
      const { checker, sample, epoch } = judgement;
      const found = byChecker.get(checker) ?? { answers: new Map<string, JudgedAnswer>(), unscored: 0, usage: undefined };
      byChecker.set(checker, found);
      found.usage = addUsage(found.usage, judgement.judge);
      if (judgement.kind === 'unscored') {
        if (judgement.isApplicable !== false) found.unscored++;
        return;
      }
      const key = `${epoch}/${sample}`;
      const answer = found.answers.get(key) ?? { sample, epoch, values: [], passes: 0 };
      found.answers.set(key, answer);
      answer.values.push(judgement.value);
      if (judgement.pass) answer.passes++;
    },
    noise: () => [...byChecker].map(([checker, { answers, unscored, usage }]) => noiseOf(checker, [...answers.values()], { unscored, usage })),
  };
}

function noiseOf(checker: string, answers: readonly JudgedAnswer[], more: { unscored: number; usage: JudgeUsage | undefined }): JudgeNoise {
  const share = varianceShare(answers);
  const split = answers.filter(({ values, passes }) => passes > 0 && passes < values.length).sort(mostSplitFirst);
  return {
    checker,
    judgements: answers.reduce((sum, { values }) => sum + values.length, 0),
    answers: answers.length,
    ...(more.unscored > 0 ? { unscored: more.unscored } : {}),
    ...(share === undefined ? {} : { varianceShare: share }),
    splitAnswers: split.length,
    splitSamples: new Set(split.map(({ sample }) => sample)).size,
    straddling: split
      .slice(0, maxListed)
      .map(({ sample, epoch, values, passes }) => ({ sample, epoch, passes, judgements: values.length, values: [...values] })),
    ...(more.usage ? { usage: more.usage } : {}),
  };
}

function mostSplitFirst(a: JudgedAnswer, b: JudgedAnswer): number {
  const lean = ({ values, passes }: JudgedAnswer) => Math.abs(passes / values.length - 0.5);
  return lean(a) - lean(b) || (a.sample === b.sample ? a.epoch - b.epoch : a.sample < b.sample ? -1 : 1);
}

/**
 * Share of the variance between the scores of one sample's repeats that is the judge's own, 0..1:
 * s²J / (s²J + s²A), the components of a one-way random-effects analysis of variance of judgements in answers, done
 * inside each sample and pooled (Searle, Casella and McCulloch, Variance Components, 1992, sections 3.5 and 3.6):
 *
 *     s²J = MSW = ΣΣΣ (x − mean of answer)² / Σ (n − 1)
 *     MSB = ΣΣ n (mean of answer − mean of sample)² / Σ (answers of the sample − 1)
 *     s²A = max(0, (MSB − MSW) / n₀),   n₀ = Σ over samples (N − Σ n² / N) / Σ (answers of the sample − 1)
 *
 * with n judgements of an answer and N of a sample. Undefined when no answer has two judgements, no sample two
 * answers, or nothing varies. Assumes that repeats are independent and that the judge is as unsteady everywhere.
 */
export function varianceShare(answers: readonly { sample: string; values: readonly number[] }[]): number | undefined {
  const bySample = new Map<string, (readonly number[])[]>();
  for (const { sample, values } of answers) if (values.length > 0) bySample.set(sample, [...(bySample.get(sample) ?? []), values]);
  const within = { squares: 0, freedom: 0 };
  const between = { squares: 0, freedom: 0, sizes: 0 };
  for (const lists of bySample.values()) {
    const total = lists.reduce((sum, values) => sum + values.length, 0);
    const mean = lists.reduce((sum, values) => sum + sumOf(values), 0) / total;
    for (const values of lists) {
      const own = sumOf(values) / values.length;
      within.squares += values.reduce((sum, value) => sum + (value - own) ** 2, 0);
      within.freedom += values.length - 1;
      between.squares += values.length * (own - mean) ** 2;
    }
    between.freedom += lists.length - 1;
    between.sizes += total - lists.reduce((sum, values) => sum + values.length ** 2, 0) / total;
  }
  if (within.freedom === 0 || between.freedom === 0) return undefined;
  const judge = within.squares / within.freedom;
  const agent = Math.max(0, (between.squares / between.freedom - judge) / (between.sizes / between.freedom));
  // What is left of equal numbers after rounding is no variance.
  return judge + agent < 1e-18 ? undefined : judge / (judge + agent);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

import type { JudgeAgreement } from '../records/agreement.ts';
import { wilson } from './intervals.ts';
import { cohenKappa, quadraticWeights } from './kappa.ts';

/** One answer that people and the judge have rated. */
export interface RatedAnswer {
  id: string;
  line: number;
  /** As people see it: pass or fail, and 0..1 where their label is worth a number. */
  label: { pass: boolean; value?: number };
  judge: { pass: boolean; value: number; reason: string };
}

export interface RatingScale {
  kind: JudgeAgreement['kind'];
  /** From which on a number passes. */
  threshold: number;
  /** Of `choice`. */
  choices?: readonly { name: string; value: number }[];
}

type Agreeing = Pick<
  JudgeAgreement,
  'agreement' | 'agreementInterval' | 'kappa' | 'weightedKappa' | 'atThreshold' | 'categories' | 'table' | 'disagreements'
>;

/** How far the two raters agree; without an answer there are only the categories. Numbers are told apart to two decimals. */
export function agreementOf(answers: readonly RatedAnswer[], scale: RatingScale): Agreeing {
  const verdict = (pass: boolean): number => (pass ? 1 : 0);
  if (scale.kind === 'verdict') {
    const rated = answers.map(({ label, judge }): [number, number] => [verdict(label.pass), verdict(judge.pass)]);
    return agreeing(answers, rated, { names: ['fail', 'pass'] });
  }
  const values = valuesOf(answers, scale);
  const place = (value: number): number => values.indexOf(rounded(value));
  const rated = answers.map(({ label, judge }): [number, number] => [place(label.value ?? 0), place(judge.value)]);
  const names = values.map((value) => nameOf(value, scale));
  const {
    agreement,
    agreementInterval = [0, 1],
    kappa,
  } = agreeing(
    answers,
    answers.map(({ label, judge }) => [verdict((label.value ?? 0) >= scale.threshold), verdict(judge.pass)]),
    { names: ['fail', 'pass'] },
  );
  const atThreshold = agreement === undefined ? {} : { atThreshold: { agreement, agreementInterval, ...(kappa ? { kappa } : {}) } };
  return { ...agreeing(answers, rated, { names, values }), ...atThreshold };
}

function agreeing(
  answers: readonly RatedAnswer[],
  rated: readonly (readonly [number, number])[],
  { names, values }: { names: string[]; values?: readonly number[] },
): Agreeing {
  const table = names.map(() => names.map(() => 0));
  for (const [label, judge] of rated) {
    const row = table[label];
    if (row) row[judge] = (row[judge] ?? 0) + 1;
  }
  const disagreements = answers.flatMap(({ id, line, judge }, index) => {
    const [label = 0, said = 0] = rated[index] ?? [];
    return label === said ? [] : [{ id, line, label: names[label] ?? '', judge: names[said] ?? '', value: judge.value, reason: judge.reason }];
  });
  const same = rated.length - disagreements.length;
  const kappa = cohenKappa(table);
  const weightedKappa = values && cohenKappa(table, quadraticWeights(values));
  return {
    ...(rated.length > 0 ? { agreement: same / rated.length, agreementInterval: wilson(same / rated.length, rated.length) } : {}),
    ...(kappa ? { kappa } : {}),
    ...(weightedKappa ? { weightedKappa } : {}),
    categories: names,
    table,
    disagreements,
  };
}

function valuesOf(answers: readonly RatedAnswer[], { choices }: RatingScale): number[] {
  // Where the sample gives several rubrics, the judge's value is a mean that may be none of the choices.
  const values = [...(choices ?? []).map(({ value }) => value), ...answers.flatMap(({ label, judge }) => [label.value ?? 0, judge.value])];
  return [...new Set(values.map(rounded))].sort((a, b) => a - b);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Choices that are worth the same are one category. */
function nameOf(value: number, { choices }: RatingScale): string {
  const names = (choices ?? []).filter((choice) => rounded(choice.value) === value).map(({ name }) => name);
  return names.length > 0 ? names.join(' / ') : String(value);
}

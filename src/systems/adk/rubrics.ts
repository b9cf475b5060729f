import type { Json } from '../../records/json.ts';
import { type AdkSource, fieldsOf } from './source.ts';
import { type EvalStatus, meanOf, statusOf } from './status.ts';

/** A property that an answer is to have, in words. */
export interface AdkRubric {
  id: string;
  text: string;
  /** Which metric it is for, such as FINAL_RESPONSE_QUALITY; a criterion's own rubrics need none. */
  type?: string;
}

/** Rubrics as criteria, cases and turns have them. @throws ToolError for one without id or text, or an id that stands twice. */
export function readRubrics(list: readonly Json[], path: string, source: AdkSource): AdkRubric[] {
  const ids = new Set<string>();
  return list.map((item, index) => {
    const fields = fieldsOf(item, `${path}[${index}]`, source);
    const id = fields.requiredText('rubric_id', 'give the rubric an id of its own, such as "concise"');
    if (ids.has(id)) throw fields.fail('rubric_id', `the id ${JSON.stringify(id)} stands twice`, 'give each rubric an id of its own');
    ids.add(id);
    const contentPath = fields.pathOf('rubric_content');
    const content = fields.child('rubric_content');
    if (!content) throw fields.fail('rubric_content', 'it is missing', 'write {"text_property": "what has to hold"}');
    const text = fieldsOf(content, contentPath, source).requiredText('text_property', 'say what has to hold, in words');
    const type = fields.text('type');
    return { id, text, ...(type === undefined ? {} : { type }) };
  });
}

/**
 * The rubrics that count for one turn: those of the criterion, then those of the case and the turn whose type fits.
 * @returns a reason instead where an id stands twice, or there is none: ADK then does not evaluate the metric.
 */
export function effectiveRubrics(criterion: readonly AdkRubric[], own: readonly AdkRubric[], type: string): AdkRubric[] | string {
  const chosen = new Map<string, AdkRubric>();
  const ofCase = new Set<string>();
  for (const { id } of own) {
    if (ofCase.has(id)) return `the rubric ${JSON.stringify(id)} stands in the case and in its turn`;
    ofCase.add(id);
  }
  for (const rubric of [...criterion, ...own.filter((one) => one.type === type)]) {
    if (chosen.has(rubric.id)) return `the rubric ${JSON.stringify(rubric.id)} stands in the criterion and in the case`;
    chosen.set(rubric.id, rubric);
  }
  return chosen.size === 0 ? `there is no rubric of the type ${type}, neither in the criterion nor in the case` : [...chosen.values()];
}

/** What one question to the judge said, by rubric: 1 yes, 0 no, null no verdict. */
export type RubricSample = Readonly<Record<string, number | null>>;

export interface RubricSummary {
  invocations: { rubrics: Record<string, number | null>; score: number | null }[];
  overallScore: number | null;
  status: EvalStatus;
}

/** More yes than no is yes; samples without a verdict do not vote; null when none votes. */
export function majority(votes: readonly (number | null)[]): number | null {
  const cast = votes.filter((vote) => vote !== null);
  if (cast.length === 0) return null;
  return cast.filter((vote) => vote === 1).length * 2 > cast.length ? 1 : 0;
}

/** Per turn the majority of each rubric and their mean; over all turns the mean of every rubric of every turn. */
export function summariseRubrics(threshold: number, invocations: readonly (readonly RubricSample[])[]): RubricSummary {
  const turns = invocations.map((samples) => {
    const ids = [...new Set(samples.flatMap((sample) => Object.keys(sample)))];
    const votesFor = (id: string) => samples.flatMap((sample) => (Object.hasOwn(sample, id) ? [sample[id] ?? null] : []));
    const rubrics = Object.fromEntries(ids.map((id) => [id, majority(votesFor(id))]));
    return { rubrics, score: meanOf(Object.values(rubrics)) };
  });
  const overallScore = meanOf(turns.flatMap(({ rubrics }) => Object.values(rubrics)));
  return { invocations: turns, overallScore, status: statusOf(overallScore, threshold) };
}

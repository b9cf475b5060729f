import { ToolError } from '../errors.ts';
import { Json } from '../records/json.ts';
import { maxTextLength } from '../records/material.ts';
import { RubricText } from '../records/rubric.ts';
import * as z from '../records/schema.ts';
import { addUsage, type JudgeUsage, type Score, scored, unscored } from '../records/score.ts';
import { compileTemplate, type Template } from '../template.ts';
import { type Check, type CheckInput, defineChecker, type JudgeAnswer, type JudgePort } from './checker.ts';
import {
  type JudgeMaterial,
  type JudgeScale,
  judgeMessages,
  judgePromptVersion,
  judgeSchema,
  parseVerdicts,
  type RubricVerdict,
} from './parts/judge-prompt.ts';
import { shownReferenceCalls, shownTrajectory } from './parts/judge-trajectory.ts';
import { actualOption, thresholdOption } from './parts/options.ts';
import { fill, outputTemplate, safeTextOf } from './parts/pairs.ts';
import { quote, quoteWords, roundText } from './parts/quote.ts';

const share = z.number().check(z.minimum(0), z.maximum(1));
const Choices = z
  .record(z.string().check(z.regex(/^[^\p{C}]{1,100}$/u, 'expected 1 to 100 visible characters')), share)
  .check(z.refine((choices) => Object.keys(choices).length >= 2 && Object.keys(choices).length <= 20, 'expected 2 to 20 choices'));

const Options = z.strictObject({
  rubric: z.described(
    z.union([RubricText, z.array(RubricText).check(z.minLength(1), z.maxLength(20))]),
    'what a good answer is, in words, or a list of such texts that count alike; may hold names of the sample, such as {{row.rubric}}',
  ),
  scale: z.described(z._default(z.enum(['score', 'pass-fail']), 'score'), 'score: 0..10 per rubric; pass-fail: a choice of two; default score'),
  choices: z.described(
    z.optional(Choices),
    'instead of a scale: words of which the judge chooses one per rubric, and what each is worth, 0..1, such as {"fully correct": 1, partly: 0.5, wrong: 0}',
  ),
  threshold: thresholdOption(0.7),
  votes: z.described(
    z._default(z.int().check(z.minimum(1), z.maximum(15)), 1),
    'times the judge is asked, 1..15; per rubric the median counts: of two choices the majority, and of an even number of choices the worse of the middle two; default 1',
  ),
  reference: z.described(z.optional(Json), 'template of an answer that is known to be good; default "{{expected}}" where the sample has it'),
  trajectory: z.described(
    z.optional(z.boolean()),
    "the judge also sees the agent's tool calls with arguments and results, its messages on the way and its errors, and the expected tool calls of the sample; default false",
  ),
  actual: actualOption,
  temperature: z.described(z.optional(z.number().check(z.minimum(0), z.maximum(2))), '0..2; absent: the default of the endpoint'),
});
const JudgeOptions = Options.check(
  z.refine(({ choices, scale }) => choices === undefined || scale === 'score', { path: ['choices'], message: 'expected either choices or a scale' }),
  z.refine(({ choices, threshold }) => choices === undefined || Object.values(choices).some((value) => value >= threshold), {
    path: ['choices'],
    message: 'expected at least one choice that reaches the threshold: nothing would ever pass',
  }),
);
type JudgeOptions = z.infer<typeof JudgeOptions>;

/**
 * A model of the suite's `judge` settings grades the answer. A refusal, a reply in another form, and a judge that cannot
 * be reached make the score unscored, never a fail; of several votes more than half must be usable.
 */
export const judge = defineChecker({
  type: 'judge',
  summary: 'A judge model finds that the output meets a rubric; needs `judge` settings',
  needs: ['judge'],
  example: { type: 'judge', rubric: 'Polite, and names the next step.', threshold: 0.7, votes: 3, required: false },
  options: JudgeOptions as z.ZodMiniType<JudgeOptions>,
  isPure: false,
  costsMoney: true,
  version: judgePromptVersion,
  create(options, { judge: port }): Check {
    if (!port) throw new ToolError({ code: 'judge-missing', message: 'the suite has no judge settings', remedy: 'add judge: {model: …}' });
    const rubrics = [options.rubric].flat().map((source) => ({ source, template: compileTemplate(source) }));
    const templates = {
      rubrics,
      actual: compileTemplate(options.actual ?? outputTemplate),
      reference: compileTemplate(options.reference ?? '{{expected}}'),
    };
    return (input) => grade(input, { options, templates, port });
  },
});

interface Grading {
  options: JudgeOptions;
  templates: { rubrics: { source: string; template: Template }[]; actual: Template; reference: Template };
  port: JudgePort;
}

async function grade(input: CheckInput, { options, templates, port }: Grading): Promise<Score> {
  if (input.trajectory.turns.length === 0) return unscored('the agent took no turn');
  const rubrics = rubricsOf(input, templates.rubrics);
  if (typeof rubrics === 'string') return unscored(rubrics);
  const material = materialOf(input, options, templates);
  if (typeof material === 'string') return unscored(material);
  const { temperature, votes } = options;
  const scale = scaleOf(options);
  const ask = () =>
    port.ask({
      messages: judgeMessages(rubrics, material, { scale, marker: port.marker }),
      schema: judgeSchema(rubrics.length, scale),
      temperature,
    });
  const answers = await Promise.all(Array.from({ length: votes }, ask));
  const usage = answers.reduce<JudgeUsage | undefined>((sum, answer) => addUsage(sum, answer.usage), undefined);
  const score = scoreOf(
    answers.map((answer) => readAnswer(answer, rubrics.length, scale)),
    options,
  );
  return { ...score, ...(usage && usage.calls > 0 ? { judge: usage } : {}) };
}

function scaleOf({ scale, choices }: JudgeOptions): JudgeScale {
  return choices ? Object.entries(choices).map(([name, value]) => ({ name, value })) : scale;
}

/** The rubrics of this sample, or why there are none. A template that is a list gives several. */
function rubricsOf(input: CheckInput, templates: Grading['templates']['rubrics']): string[] | string {
  const rubrics: string[] = [];
  for (const { source, template } of templates) {
    const filled = fill(template, input.scope, source);
    if (!filled.isFilled) return filled.reason;
    rubrics.push(...(Array.isArray(filled.value) ? filled.value : [filled.value]).map(safeTextOf));
  }
  if (rubrics.length === 0 || rubrics.length > 20 || rubrics.some((text) => text.trim() === ''))
    return 'the sample gives no rubric, an empty one, or more than 20';
  return rubrics;
}

/** What the judge is shown, or why it cannot be. */
function materialOf(input: CheckInput, options: JudgeOptions, templates: Grading['templates']): JudgeMaterial | string {
  const { sample, trajectory, scope } = input;
  const actual = fill(templates.actual, scope, options.actual ?? outputTemplate);
  if (!actual.isFilled) return actual.reason;
  const reference =
    isGiven(options.reference) || isGiven(scope.expected) ? fill(templates.reference, scope, options.reference ?? '{{expected}}') : undefined;
  if (reference && !reference.isFilled) return reference.reason;
  const answer = safeTextOf(actual.value);
  // A grade for a part would pass for a grade of the whole.
  if (answer.length > maxTextLength) return `the answer has ${answer.length} characters, and the judge is shown at most ${maxTextLength}`;
  const shown = options.trajectory ? shownTrajectory(trajectory) : undefined;
  if (shown && shown.length > maxTextLength)
    return `what the agent did has ${shown.length} characters, and the judge is shown at most ${maxTextLength}`;
  const wantedCalls = options.trajectory ? shownReferenceCalls(sample) : undefined;
  const earlier = trajectory.turns.slice(0, -1).map((turn): Json => ({ user: turn.input, agent: turn.output }));
  const last = trajectory.turns.at(-1);
  return {
    ...(earlier.length > 0 ? { conversation: safeTextOf(earlier) } : {}),
    input: safeTextOf(last && trajectory.turns.length > 1 ? last.input : sample.input),
    ...(reference ? { reference: safeTextOf(reference.value) } : {}),
    ...(wantedCalls === undefined ? {} : { referenceToolCalls: wantedCalls }),
    ...(shown === undefined ? {} : { trajectory: shown }),
    answer,
  };
}

function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}

/** The verdicts of one vote, or why it does not count. */
function readAnswer(answer: JudgeAnswer, rubrics: number, scale: JudgeScale): RubricVerdict[] | string {
  if (answer.kind === 'refused') return `the judge refused: ${quote(answer.reason, 300)}`;
  if (answer.kind === 'failed') return quoteWords(answer.reason, 400).slice(1, -1) || 'the judge could not be asked';
  return parseVerdicts(answer.text, rubrics, scale) ?? `the judge did not reply in the form that was asked for: ${quote(answer.text)}`;
}

function scoreOf(votes: readonly (RubricVerdict[] | string)[], { choices, scale, threshold }: JudgeOptions): Score {
  const isWhole = choices !== undefined || scale === 'pass-fail';
  const usable = votes.filter((vote) => typeof vote !== 'string');
  const whyNot = votes.find((vote) => typeof vote === 'string');
  if (usable.length * 2 <= votes.length)
    return unscored(votes.length === 1 ? `${whyNot}` : `${usable.length} of ${votes.length} votes can be used: ${whyNot}`);
  const rubrics = (usable[0] ?? []).map((_, index) => {
    const verdicts = usable.flatMap((vote) => vote[index] ?? []);
    const millionths = combine(
      verdicts.map(({ value }) => inMillionths(value)),
      isWhole,
    );
    // The reason of the vote nearest to what counts.
    const [nearest] = verdicts.toSorted((a, b) => distance(a, millionths) - distance(b, millionths));
    return { millionths, nearest, values: verdicts.map(saidText) };
  });
  // In whole numbers until the last step: the mean of three 0.7 must not be below 0.7.
  const value = rubrics.reduce((sum, { millionths }) => sum + millionths, 0) / (million * rubrics.length);
  const worst = rubrics.reduce((lowest, rubric) => (rubric.millionths < lowest.millionths ? rubric : lowest));
  const chosen = worst.nearest?.choice === undefined ? '' : ` ${quote(worst.nearest.choice, 100)}`;
  const of = rubrics.length === 1 ? chosen : ` over ${rubrics.length} rubrics, lowest ${roundText(worst.millionths / million)}${chosen}`;
  const each = usable.length === 1 ? '' : ` (votes ${worst.values.join(', ')})`;
  return scored(value, `the judge gives ${roundText(value)}${of}${each}: ${quote(worst.nearest?.reason ?? '', 300)}`, { threshold });
}

const million = 1_000_000;

function inMillionths(value: number): number {
  return Math.round(value * million);
}

function distance({ value }: RubricVerdict, millionths: number): number {
  return Math.abs(inMillionths(value) - millionths);
}

function saidText({ value, choice }: RubricVerdict): string {
  return choice === undefined ? roundText(value) : quote(choice, 100);
}

/** The median; where only whole choices count, the lower one of the middle two, so that a tie fails. */
function combine(values: readonly number[], isWhole: boolean): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return isWhole ? low : (low + high) / 2;
}

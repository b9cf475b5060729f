import type { Json, JsonObject } from '../../records/json.ts';
import { maxTextLength } from '../../records/material.ts';
import { addUsage, type JudgeUsage } from '../../records/score.ts';
import type { Turn } from '../../records/trajectory.ts';
import { hallucinationScore } from '../../systems/adk/hallucination.ts';
import { rubricTypes } from '../../systems/adk/metrics.ts';
import { type AdkRubric, effectiveRubrics, majority, type RubricSample, readRubrics, summariseRubrics } from '../../systems/adk/rubrics.ts';
import { valueSource } from '../../systems/adk/source.ts';
import { meanOf } from '../../systems/adk/status.ts';
import type { CheckInput, JudgePort } from '../checker.ts';
import { matchQuestion, messagesOf, type Question, rubricQuestion, sentencesQuestion, userQuestion, type YesNo } from './adk-questions.ts';
import { shownTrajectory } from './judge-trajectory.ts';
import { safeTextOf } from './pairs.ts';
import { quote, quoteWords } from './quote.ts';

export interface AdkJudging {
  metric: string;
  /** Questions per turn. */
  samples: number;
  rubrics: readonly AdkRubric[];
  /** What was said on the way counts too. */
  intermediate: boolean;
  stop: string;
  temperature: number | undefined;
  port: JudgePort;
}

/** `value` null: nothing could be judged. `notApplicable`: the sample asks nothing of this metric. */
export interface AdkJudgement {
  value: number | null;
  perTurn: (number | null)[];
  reason: string;
  isNotApplicable?: true;
  usage?: JudgeUsage | undefined;
}

/** A judge that refused or could not be asked: the metric is then not scored at all, whatever other turns came to. */
export class JudgeSilent extends Error {
  readonly usage: JudgeUsage | undefined;
  constructor(reason: string, usage: JudgeUsage | undefined) {
    super(reason);
    this.usage = usage;
  }
}

/** One metric of one answer. @throws JudgeSilent */
export function judgeMetric(input: CheckInput, judging: AdkJudging): Promise<AdkJudgement> {
  if (judging.metric === 'final_response_match_v2') return judgeMatch(input, judging);
  if (judging.metric === 'hallucinations_v1') return judgeSentences(input, judging);
  if (judging.metric === 'per_turn_user_simulator_quality_v1') return judgeUser(input, judging);
  return judgeRubrics(input, judging);
}

/** The replies that can be read, of so many questions at once. */
async function ask<T>(
  question: Question<T>,
  { port, temperature }: AdkJudging,
  times: number,
): Promise<{ replies: T[]; usage: JudgeUsage | undefined }> {
  const length = safeTextOf({ ...question.material } as Json).length;
  // A grade for a part would pass for a grade of the whole.
  if (length > maxTextLength)
    throw new JudgeSilent(`what has to be judged has ${length} characters, and the judge is shown at most ${maxTextLength}`, undefined);
  const one = () => port.ask({ messages: messagesOf(question, port.marker), schema: question.schema, temperature });
  const answers = await Promise.all(Array.from({ length: times }, one));
  const usage = answers.reduce<JudgeUsage | undefined>((sum, answer) => addUsage(sum, answer.usage), undefined);
  const silent = answers.find(({ kind }) => kind !== 'reply');
  if (silent && silent.kind !== 'reply')
    throw new JudgeSilent(
      silent.kind === 'refused' ? `the judge refused: ${quote(silent.reason, 300)}` : quoteWords(silent.reason, 400).slice(1, -1),
      usage,
    );
  const replies: T[] = [];
  for (const answer of answers) {
    const reply = answer.kind === 'reply' ? question.read(answer.text) : undefined;
    if (reply !== undefined) replies.push(reply);
  }
  return { replies, usage };
}

/** By the majority of the questions; a tie is no. */
async function askYesNo(question: Question<YesNo>, judging: AdkJudging) {
  const { replies, usage } = await ask(question, judging, judging.samples);
  const value = majority(replies.map((reply) => reply.value));
  const reason = replies.find((reply) => reply.value === value)?.reason ?? 'no reply of the judge had the form that was asked for';
  return { value, reason: quote(reason, 300), usage };
}

async function judgeMatch({ sample, trajectory }: CheckInput, judging: AdkJudging): Promise<AdkJudgement> {
  if (sample.turns.length === 0) return { value: null, perTurn: [], reason: 'a scenario has no reference to compare with', isNotApplicable: true };
  const results: { value: number | null; reason: string; usage?: JudgeUsage | undefined }[] = [];
  for (const [index, wanted] of sample.turns.entries()) {
    const turn = trajectory.turns[index];
    if (!turn) {
      results.push({ value: 0, reason: 'it did not take place' });
      continue;
    }
    const reference = safeTextOf(wanted.expected ?? sample.expected ?? '');
    results.push(await askYesNo(matchQuestion({ input: safeTextOf(turn.input), reference, answer: answerOf(turn, judging) }), judging));
  }
  return summary(results);
}

async function judgeUser({ sample, trajectory }: CheckInput, judging: AdkJudging): Promise<AdkJudgement> {
  const { scenario } = sample;
  if (!scenario || sample.turns.length > 0)
    return { value: null, perTurn: [], reason: 'the sample has no scenario that a model plays', isNotApplicable: true };
  const { turns } = trajectory;
  const isOpening = safeTextOf(turns[0]?.input ?? '').trim() === safeTextOf(sample.input).trim();
  const results: { value: number | null; reason: string; usage?: JudgeUsage | undefined }[] = [
    isOpening ? { value: 1, reason: 'it begins as the scenario says' } : { value: 0, reason: 'it does not begin as the scenario says' },
  ];
  const about = { plan: scenario.plan ?? '', ...(scenario.persona === undefined ? {} : { persona: scenario.persona as Json }) };
  const next = (message: string, before: readonly Turn[]) =>
    askYesNo(
      userQuestion({ ...about, conversation: before.map((turn): Json => ({ user: turn.input, agent: turn.output })), message }, judging.stop),
      judging,
    );
  for (const [index, turn] of turns.entries()) {
    if (index > 0) results.push(await next(safeTextOf(turn.input), turns.slice(0, index)));
  }
  const end = await next(judging.stop, turns);
  if (end.value === 0)
    results[results.length - 1] = { ...end, reason: `it did not end in time: ${end.reason}`, usage: addUsage(results.at(-1)?.usage, end.usage) };
  else results.push({ value: null, reason: '', usage: end.usage });
  const counted = results.slice(0, turns.length);
  const judged = summary(results);
  // A turn that the judge said nothing of is not a valid one.
  return { ...judged, value: counted.filter(({ value }) => value === 1).length / counted.length, perTurn: counted.map(({ value }) => value) };
}

async function judgeSentences({ trajectory }: CheckInput, judging: AdkJudging): Promise<AdkJudgement> {
  const results: { value: number | null; reason: string; usage?: JudgeUsage | undefined }[] = [];
  for (const turn of trajectory.turns) {
    const scores: (number | null)[] = [];
    const usages: (JudgeUsage | undefined)[] = [];
    const wrong: string[] = [];
    for (const { answer, context } of passagesOf(turn, judging.intermediate)) {
      const { replies, usage } = await ask(sentencesQuestion({ context, answer }), judging, 1);
      const sentences = replies.flat();
      usages.push(usage);
      scores.push(hallucinationScore(sentences.map(({ label }) => label)));
      wrong.push(
        ...sentences.filter(({ label }) => hallucinationScore([label]) === 0).map(({ sentence, label }) => `${label}: ${quote(sentence, 200)}`),
      );
    }
    const usage = usages.reduce((sum, one) => addUsage(sum, one), undefined);
    results.push({ value: meanOf(scores), reason: wrong[0] ?? 'every sentence is supported', usage });
  }
  return summary(results);
}

/** What is checked of a turn, each with all that came before it. */
function passagesOf(turn: Turn, isIntermediate: boolean): { answer: string; context: JsonObject }[] {
  const contextOf = (steps: Turn['steps']): JsonObject => ({
    'user message': safeTextOf(turn.input),
    steps: shownTrajectory({ turns: [{ ...turn, steps }] }),
  });
  const said = turn.steps.flatMap((step, index) =>
    isIntermediate && step.kind === 'message' ? [{ answer: step.text, context: contextOf(turn.steps.slice(0, index)) }] : [],
  );
  return [...said, { answer: turn.output, context: contextOf(turn.steps) }].filter(({ answer }) => answer.trim() !== '');
}

async function judgeRubrics(input: CheckInput, judging: AdkJudging): Promise<AdkJudgement> {
  const { turns } = input.trajectory;
  const isWhole = judging.metric === 'rubric_based_multi_turn_trajectory_quality_v1';
  const votes: RubricSample[][] = [];
  const noes: string[] = [];
  let usage: JudgeUsage | undefined;
  for (const [index, turn] of turns.entries()) {
    if (isWhole && index < turns.length - 1) {
      votes.push([]);
      continue;
    }
    const rubrics = effectiveRubrics(judging.rubrics, ownRubrics(input.sample.row, index), rubricTypes[judging.metric] ?? '');
    if (typeof rubrics === 'string') throw new JudgeSilent(rubrics, usage);
    const asked = await ask(rubricQuestion(judging.metric, rubrics, materialOf(input, { index, turn, judging })), judging, judging.samples);
    usage = addUsage(usage, asked.usage);
    const { replies } = asked;
    votes.push(replies.map((reply) => Object.fromEntries(rubrics.map(({ id }, at) => [id, reply[at]?.value ?? null]))));
    noes.push(
      ...rubrics.flatMap(({ text }, at) =>
        replies.filter((reply) => reply[at]?.value === 0).map((reply) => `${quote(text, 100)}: ${quote(reply[at]?.reason ?? '', 200)}`),
      ),
    );
  }
  const { invocations, overallScore } = summariseRubrics(0, votes);
  const reason = overallScore === null ? 'no reply of the judge had the form that was asked for' : (noes[0] ?? 'every property holds');
  return { value: overallScore, perTurn: invocations.map(({ score }) => score), reason, usage };
}

function materialOf(
  { trajectory }: CheckInput,
  { index, turn, judging }: { index: number; turn: Turn; judging: AdkJudging },
): { [name: string]: Json } {
  if (judging.metric === 'rubric_based_multi_turn_trajectory_quality_v1') {
    return {
      conversation: trajectory.turns.map((one): Json => ({ user: one.input, steps: shownTrajectory({ turns: [one] }), agent: one.output })),
    };
  }
  const shown = { input: safeTextOf(turn.input), steps: shownTrajectory({ turns: [turn] }), turn: index + 1 };
  return judging.metric === 'rubric_based_tool_use_quality_v1' ? shown : { ...shown, answer: answerOf(turn, judging) };
}

/** Rubrics of the case and of one of its turns, as the dataset format `adk` leaves them in the row. */
function ownRubrics(row: JsonObject, turn: number): AdkRubric[] {
  const source = valueSource('the row');
  const ofTurns = Array.isArray(row.turn_rubrics) ? row.turn_rubrics[turn] : undefined;
  const read = (list: Json | undefined, path: string) => (Array.isArray(list) ? readRubrics(list, path, source) : []);
  return [...read(row.rubrics, 'rubrics'), ...read(ofTurns, `turn_rubrics[${turn}]`)];
}

function answerOf(turn: Turn, { intermediate }: AdkJudging): string {
  const said = intermediate ? turn.steps.flatMap((step) => (step.kind === 'message' && step.text !== '' ? [step.text] : [])) : [];
  return [...said, turn.output].join('\n');
}

function summary(results: readonly { value: number | null; reason: string; usage?: JudgeUsage | undefined }[]): AdkJudgement {
  const perTurn = results.map(({ value }) => value);
  const value = meanOf(perTurn);
  const known = perTurn.filter((one) => one !== null);
  const worst = results.find((result) => result.value === Math.min(...known)) ?? results.find(({ reason }) => reason !== '');
  const usage = results.reduce<JudgeUsage | undefined>((sum, result) => addUsage(sum, result.usage), undefined);
  return { value, perTurn, reason: worst?.reason || 'there is nothing to judge', usage };
}

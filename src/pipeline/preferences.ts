import { dirname, join } from 'node:path';
import { defaultPreferenceRubric, preferAnswer, preferencePromptVersion, type ShownAnswer, shownAnswer } from '../checkers/parts/preference.ts';
import type { AssessInput } from '../compare/assess.ts';
import type { PreferenceCounts, PreferenceTally } from '../compare/preference-effect.ts';
import type { PreferenceConfig } from '../config/suite-config.ts';
import { messageOf, ToolError } from '../errors.ts';
import { systemClock } from '../io/clock.ts';
import { shortDigest } from '../io/hash.ts';
import { openPaidLines, readPaidLines } from '../io/paid-lines.ts';
import { readResponses } from '../io/run-log-file.ts';
import { scopeOf } from '../records/check-scope.ts';
import { canonicalJson } from '../records/json.ts';
import { PreferenceRecord, PreferencesHeader, preferencesSchemaVersion } from '../records/preference.ts';
import { type RunIndex, slotKey } from '../records/run-index.ts';
import type { Sample } from '../records/sample.ts';
import { addUsage, type JudgeUsage } from '../records/score.ts';
import { createBudget, spentIn, totalSpent, withoutCalls } from '../run/core/budget.ts';
import { createRedactor } from '../run/core/redact.ts';
import { compileTemplate, templateProblem, textOf } from '../template.ts';
import { createAsReady } from './as-ready.ts';
import type { OpenSuite } from './open-suite.ts';
import type { PipelineEvent } from './ports.ts';
import { type AnswerSlots, pairAnswers } from './preference-pairs.ts';
import { samplesById } from './slots.ts';

/** Beside the run log whose answers were compared. */
const preferencesName = 'preferences.jsonl';

interface Comparing {
  runLog: string;
  current: RunIndex;
  /** Newest first. */
  pool: readonly RunIndex[];
  /** Absent: what is stored is told, and nothing is asked. */
  suite: OpenSuite | undefined;
  /** False: only what is stored counts. */
  isAsking: boolean;
  minutesLeft: number;
  onEvent: (event: PipelineEvent) => void;
}

/**
 * Has the judge compare the answers of a run with those of its baseline, where the suite asks for it. Every judgement is on
 * disk beside the run log as soon as it is there and is never asked for again, so that later reports say the same.
 * @returns what the assessment takes; nothing where nobody asks for it.
 */
export async function comparePreferences(run: Comparing): Promise<Pick<AssessInput, 'preference' | 'hasPreference'>> {
  const { suite, pool, current } = run;
  const wanted = suite?.config.judge?.preference;
  if (suite ? !wanted : pool.length === 0) return {};
  const pairs = pool.length === 0 ? [] : pairAnswers(current, pool, wanted?.pairs ?? Number.POSITIVE_INFINITY);
  let preference: PreferenceTally;
  try {
    const said = await (suite?.judge && wanted && pairs.length > 0 ? judged(run, pairs, { suite, wanted }) : stored(run));
    if (!suite)
      return said
        ? toldBy(
            pairs.filter((pair) => said.has(keyOf(pair))),
            said,
          )
        : {};
    if (!said) return { preference: { samples: new Map(), unscored: 0, unasked: 0 }, hasPreference: true };
    preference = tallyOf(pairs, said);
  } catch (error) {
    // What was paid for the answers is not lost for a file beside them.
    if (!(error instanceof ToolError)) throw error;
    run.onEvent({ kind: 'notice', level: 'warning', message: `the answers were not compared with the baseline's: ${messageOf(error)}` });
    preference = { samples: new Map(), unscored: 0, unasked: pairs.length };
  }
  if (suite && preference.unasked > 0) {
    const message = `${preference.unasked} answers were not compared with the baseline's: agent-regress check ${dirname(run.runLog)} goes on`;
    run.onEvent({ kind: 'notice', level: 'warning', message });
  }
  return { preference, hasPreference: true };
}

/** What was compared with another baseline says nothing of this one. */
function toldBy(pairs: readonly AnswerSlots[], said: Said): Pick<AssessInput, 'preference' | 'hasPreference'> {
  return pairs.length > 0 ? { preference: tallyOf(pairs, said), hasPreference: true } : {};
}

type Said = ReadonlyMap<string, PreferenceRecord[]>;

function tallyOf(pairs: readonly AnswerSlots[], said: Said): PreferenceTally {
  const samples = new Map<string, PreferenceCounts>();
  let unscored = 0;
  let unasked = 0;
  let usage: JudgeUsage | undefined;
  for (const pair of pairs) {
    const records = said.get(keyOf(pair)) ?? [];
    for (const { judge } of records) usage = addUsage(usage, judge);
    const record = records.at(-1);
    if (!record) unasked++;
    else if (record.kind === 'unscored') unscored++;
    else {
      const counts = samples.get(pair.sample) ?? { wins: 0, ties: 0, losses: 0 };
      samples.set(pair.sample, counts);
      counts[({ current: 'wins', tie: 'ties', baseline: 'losses' } as const)[record.preferred]]++;
      if (record.preferred === 'baseline') counts.reason ??= record.reason;
    }
  }
  return { samples, unscored, unasked, ...(usage ? { usage } : {}) };
}

function keyOf({ sample, epoch, baselineRun, baselineEpoch }: Pick<AnswerSlots, 'sample' | 'epoch' | 'baselineRun' | 'baselineEpoch'>): string {
  return JSON.stringify([sample, epoch, baselineRun, baselineEpoch]);
}

function byPair(records: readonly PreferenceRecord[], isWanted: (record: PreferenceRecord) => boolean = () => true): Map<string, PreferenceRecord[]> {
  const found = new Map<string, PreferenceRecord[]>();
  for (const record of records) if (isWanted(record)) found.set(keyOf(record), [...(found.get(keyOf(record)) ?? []), record]);
  return found;
}

function fileOf({ runLog, current }: Comparing) {
  return {
    path: join(dirname(runLog), preferencesName),
    header: PreferencesHeader,
    record: PreferenceRecord,
    isWanted: ({ runId, schemaVersion }: PreferencesHeader) => runId === current.header?.runId && schemaVersion <= preferencesSchemaVersion,
  };
}

/** Without a config those count that were judged as the latest one was: two rubrics in one tally would be neither. */
async function stored(run: Comparing): Promise<Said | undefined> {
  const records = await readPaidLines(fileOf(run));
  const settings = records?.at(-1)?.settings;
  return records && byPair(records, (record) => record.settings === settings);
}

interface Asking {
  suite: OpenSuite;
  wanted: PreferenceConfig;
}

async function judged(run: Comparing, pairs: readonly AnswerSlots[], { suite, wanted }: Asking): Promise<Said> {
  const samples = await samplesById(suite.samples);
  const questions = new Map(
    pairs.flatMap((pair) => questionOf(pair, samples, { suite, wanted }) ?? []).map((question) => [keyOf(question.pair), question]),
  );
  const isToday = (record: PreferenceRecord) => questions.get(keyOf(record))?.fingerprint === record.fingerprint;
  const openIn = (said: Said) => [...questions.values()].filter(({ pair }) => said.get(keyOf(pair))?.at(-1)?.kind !== 'scored');
  // A folder that nothing is added to may be read-only, or in use.
  const known = byPair((await readPaidLines(fileOf(run))) ?? [], isToday);
  if (!run.isAsking || openIn(known).length === 0) return known;
  const header = { type: 'preferences' as const, schemaVersion: preferencesSchemaVersion, runId: run.current.header?.runId ?? '' };
  const file = await openPaidLines(fileOf(run), { ...header, at: systemClock.now().toISOString() });
  try {
    const said = byPair(file.records, isToday);
    const open = openIn(said);
    const calls = 2 * wanted.votes;
    const message = `comparing ${open.length} answers with the baseline's, ${calls} questions to the judge each`;
    run.onEvent({ kind: 'notice', level: 'info', message });
    const redactor = createRedactor(suite.config.secrets);
    await askAll(run, open, { suite, wanted, earlier: file.records }, (record) => {
      // The reports say what the file says.
      const told = redactor.json(record);
      file.append(told);
      said.set(keyOf(record), [...(said.get(keyOf(record)) ?? []), told]);
    });
    return said;
  } finally {
    file.close();
  }
}

interface Question {
  pair: AnswerSlots;
  rubric: string;
  input: string;
  reference?: string;
  settings: string;
  fingerprint: string;
  /** Why it cannot be put. */
  problem?: string;
}

/** Undefined for a sample that asks something else today. */
function questionOf(pair: AnswerSlots, samples: ReadonlyMap<string, Sample>, { suite, wanted }: Asking): Question | undefined {
  const sample = samples.get(pair.sample);
  if (!sample || sample.hash !== pair.hash) return undefined;
  const scope = scopeOf(sample, { turns: [] }, pair.epoch);
  const asked = { pair, rubric: '', input: textOf(sample.input), ...(scope.expected === undefined ? {} : { reference: textOf(scope.expected) }) };
  const { rubric: source = defaultPreferenceRubric, votes, trajectory, temperature = null } = wanted;
  const meaning = { version: preferencePromptVersion, votes, trajectory, temperature, judge: suite.judge?.identity ?? null };
  const settings = shortDigest(canonicalJson({ ...meaning, rubric: source }));
  try {
    const rubric = textOf(compileTemplate(source)(scope));
    return { ...asked, rubric, settings, fingerprint: shortDigest(canonicalJson({ ...meaning, rubric, reference: asked.reference ?? null })) };
  } catch (error) {
    return { ...asked, settings, fingerprint: settings, problem: templateProblem(error) };
  }
}

/** `earlier`: the comparisons of earlier sessions, which were paid for. */
async function askAll(
  run: Comparing,
  open: readonly Question[],
  asking: Asking & { earlier: readonly PreferenceRecord[] },
  take: (record: PreferenceRecord) => void,
): Promise<void> {
  const { suite, wanted, earlier } = asking;
  const before = await baselineAnswers(run, open, wanted);
  const minutes = Number.isFinite(run.minutesLeft) ? { minutes: Math.max(0, run.minutesLeft) } : {};
  const caps = { ...withoutCalls(suite.config.budget), ...minutes };
  const logs = [run.current, ...(suite.baselineSuite && run.pool[0] ? [run.pool[0]] : [])];
  const budget = createBudget({ caps, spent: totalSpent(logs.map(spentIn)), monotonicMs: systemClock.monotonicMs });
  for (const { judge } of earlier) budget.addUsage(judge);
  const judging = createAsReady<PreferenceRecord>(suite.config.concurrency, (record) => {
    // That the command was stopped is no judgement.
    if (suite.signal.aborted && record.kind === 'unscored') return;
    take(record);
    budget.addUsage(record.judge);
  });
  const bySlot = new Map(open.map((question) => [slotKey(question.pair.sample, question.pair.epoch), question]));
  for await (const { sample, epoch, trajectory } of readResponses(run.runLog)) {
    const question = bySlot.get(slotKey(sample, epoch));
    if (!question) continue;
    if (suite.signal.aborted || budget.exhausted()) break;
    const current = trajectory ? shownAnswer(trajectory, wanted.trajectory) : 'the answer is not recorded';
    await judging.add(askOne(question, { current, baseline: before.get(keyOf(question.pair)) }, asking));
  }
  await judging.drain();
  const spent = budget.exhausted();
  if (spent === 'budget-cost' || spent === 'budget-tokens') {
    const cap = spent === 'budget-cost' ? `budget.costUsd (${caps.costUsd})` : `budget.tokens (${caps.tokens})`;
    const message = `${cap} is used up, earlier comparisons included: a larger one lets the judge go on`;
    run.onEvent({ kind: 'notice', level: 'warning', message });
  }
}

async function askOne(
  { pair, rubric, input, reference, settings, fingerprint, problem }: Question,
  shown: { current: ShownAnswer | string; baseline: ShownAnswer | string | undefined },
  { suite, wanted }: Asking,
): Promise<PreferenceRecord> {
  const { sample, epoch, baselineRun, baselineEpoch } = pair;
  const fields = { type: 'preference' as const, sample, epoch, baselineRun, baselineEpoch, fingerprint, settings };
  const { current, baseline = "the baseline's answer is not recorded" } = shown;
  const whyNot = problem ?? [current, baseline].find((side) => typeof side === 'string');
  if (whyNot !== undefined || typeof current === 'string' || typeof baseline === 'string' || !suite.judge)
    return { ...fields, kind: 'unscored', reason: whyNot ?? '' };
  const { votes, temperature } = wanted;
  const sides = { input, current, baseline, ...(reference === undefined ? {} : { reference }) };
  const { usage, ...said } = await preferAnswer(sides, { rubric, votes, temperature, port: suite.judge });
  return { ...fields, ...said, ...(usage ? { judge: usage } : {}) };
}

/** What the judge is shown of the baseline, by pair. */
async function baselineAnswers({ pool }: Comparing, open: readonly Question[], wanted: PreferenceConfig): Promise<Map<string, ShownAnswer | string>> {
  const found = new Map<string, ShownAnswer | string>();
  for (const [number, { source }] of pool.entries()) {
    const pairs = open.filter(({ pair }) => pair.baseline === number).map(({ pair }) => pair);
    const bySlot = new Map(pairs.map((pair) => [slotKey(pair.sample, pair.baselineEpoch), pair]));
    if (bySlot.size === 0) continue;
    for await (const { sample, epoch, trajectory } of readResponses(source)) {
      const pair = bySlot.get(slotKey(sample, epoch));
      if (pair && trajectory) found.set(keyOf(pair), shownAnswer(trajectory, wanted.trajectory));
    }
  }
  return found;
}

import { dirname, join } from 'node:path';
import { collectJudgeNoise } from '../compare/judge-noise.ts';
import { ToolError } from '../errors.ts';
import { systemClock } from '../io/clock.ts';
import { writeFileWhole } from '../io/files.ts';
import { isThere } from '../io/is-there.ts';
import { judgementsName, readJudgements } from '../io/judgements-file.ts';
import { readResponses } from '../io/run-log-file.ts';
import type { JudgeNoise } from '../records/assessment.ts';
import { type JudgementRecord, type JudgementsHeader, judgementsSchemaVersion } from '../records/judgement.ts';
import type { RunIndex } from '../records/run-index.ts';
import type { RunRecord } from '../records/run-log.ts';
import type { Sample } from '../records/sample.ts';
import { createBudget, withoutCalls } from '../run/core/budget.ts';
import type { CompiledChecker } from '../run/core/ports.ts';
import { createRedactor } from '../run/core/redact.ts';
import { scoreSlot } from '../run/score-slot.ts';
import { createInOrder } from './in-order.ts';
import type { OpenSuite } from './open-suite.ts';
import type { PipelineEvent } from './ports.ts';
import { samplesById } from './slots.ts';

/**
 * Scores every recorded answer `times` times with the checkers that may change their mind, and writes what they said to
 * `judgements.jsonl` beside the run log, which stays as it is. Stops early when the command is stopped or the budget's
 * cost or minutes are used up; what was said until then is kept where there are no earlier judgements.
 * @throws ToolError `nothing-to-rejudge` for a suite without such a checker.
 */
export async function rejudge(input: {
  runLog: string;
  index: RunIndex;
  suite: OpenSuite;
  times: number;
  onEvent: (event: PipelineEvent) => void;
}): Promise<void> {
  const { runLog, index, suite, times, onEvent } = input;
  const names = impureNames(suite);
  const samples = await samplesById(suite.samples);
  const budget = createBudget({ caps: withoutCalls(suite.config.budget), monotonicMs: systemClock.monotonicMs });
  const said: JudgementRecord[] = [];
  const judging = createInOrder<JudgementRecord[]>(suite.config.concurrency, (judgements) => {
    if (suite.signal.aborted) return;
    said.push(...judgements);
    for (const { judge } of judgements) budget.addUsage(judge);
  });
  onEvent({ kind: 'notice', level: 'info', message: `scoring every answer ${times} times with ${names.join(', ')}` });
  for await (const { sample: id, epoch, trajectory } of readResponses(runLog)) {
    const sample = samples.get(id);
    if (!trajectory || !sample || index.samples.get(id)?.hash !== sample.hash) continue;
    if (suite.signal.aborted || budget.exhausted()) break;
    await judging.add(judge({ sample, trajectory, epoch, checkers: (await suite.checkersOf(sample)).filter(isImpure) }, times));
  }
  await judging.drain();
  const spent = suite.signal.aborted ? 'the command was stopped' : budget.exhausted() && 'the budget is used up';
  if (spent) onEvent({ kind: 'notice', level: 'warning', message: `${spent}: not every answer was scored again` });
  const path = join(dirname(runLog), judgementsName);
  // A few judgements must not take the place of all that an earlier call paid for.
  if (spent && (said.length === 0 || isThere(path))) return;
  const header = headerOf(index, names, times);
  const redactor = createRedactor(suite.config.secrets);
  await writeFileWhole(
    path,
    linesOf([header, ...said], (record) => JSON.stringify(redactor.json(record))),
  );
}

/** The noise of the judgements that lie beside a run log, where they are of its answers and of the checkers that scored it. */
export async function storedNoise(runLog: string, header: RunRecord): Promise<JudgeNoise[] | undefined> {
  const collector = collectJudgeNoise();
  const { score } = header.fingerprints;
  const isOf = ({ runId, fingerprints }: JudgementsHeader): boolean =>
    runId === header.runId && Object.entries(fingerprints).every(([name, fingerprint]) => Object.hasOwn(score, name) && score[name] === fingerprint);
  const isFound = await readJudgements(dirname(runLog), isOf, (judgement) => collector.add(judgement));
  const noise = isFound ? collector.noise() : [];
  return noise.length > 0 ? noise : undefined;
}

function isImpure({ isPure }: CompiledChecker): boolean {
  return isPure === false;
}

function impureNames(suite: OpenSuite): string[] {
  const names = suite.header(undefined, new Date(0)).checkers.filter(({ pure }) => pure === false);
  if (names.length > 0) return names.map(({ name }) => name);
  throw new ToolError({
    code: 'nothing-to-rejudge',
    message: '--rejudge has nothing to do: no checker of the suite may say something else the next time',
    remedy: 'leave --rejudge out; it is for "judge" and "module" checkers',
  });
}

async function judge(answer: Parameters<typeof scoreSlot>[0] & { sample: Sample }, times: number): Promise<JudgementRecord[]> {
  const { sample, epoch } = answer;
  const rounds = await Promise.all(Array.from({ length: times }, () => scoreSlot(answer)));
  return rounds.flatMap(({ scores }, index) =>
    scores.map(({ checker, score }): JudgementRecord => ({ type: 'judgement', sample: sample.id, epoch, checker, n: index + 1, ...score })),
  );
}

function headerOf(index: RunIndex, names: readonly string[], rejudge: number): JudgementsHeader {
  const score = index.header?.fingerprints.score ?? {};
  const fingerprints = Object.fromEntries(names.flatMap((name) => (score[name] === undefined ? [] : [[name, score[name]]])));
  return {
    type: 'judgements',
    schemaVersion: judgementsSchemaVersion,
    runId: index.header?.runId ?? '',
    at: systemClock.now().toISOString(),
    rejudge,
    fingerprints,
  };
}

function* linesOf<T>(records: readonly T[], lineOf: (record: T) => string): Generator<string> {
  for (const record of records) yield `${lineOf(record)}\n`;
}

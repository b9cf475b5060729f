import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { SuiteConfig } from '../config/suite-config.ts';
import { makeSampleMaker } from '../datasets/to-sample.ts';
import { ToolError } from '../errors.ts';
import type { ImportedRun, ImportedSlot, ResultFiles, ResultFormat } from '../importers/result-format.ts';
import { systemClock } from '../io/clock.ts';
import { shortDigest } from '../io/hash.ts';
import { type Journal, openJournal } from '../io/journal.ts';
import { type RunLogRecord, type RunRecord, runLogSchemaVersion } from '../records/run-log.ts';
import type { Sample } from '../records/sample.ts';
import { outcomeOf } from '../run/core/outcome.ts';
import { createRedactor } from '../run/core/redact.ts';
import { sampleRecord } from '../run/core/slots.ts';
import { version } from '../version.ts';
import { openSuite } from './open-suite.ts';
import { makeOutputFolder } from './output-folder.ts';
import { closeRun, writeSamples } from './stages.ts';

export interface ImportRequest {
  files: ResultFiles;
  format: Pick<ResultFormat, 'type' | 'read'>;
  /** Absolute folder for `run.jsonl`. */
  outputDir: string;
  /** The suite that the answers belong to: its samples and fingerprints, no scores. Absent: all of it comes from the results. */
  config?: SuiteConfig;
  signal: AbortSignal;
}

export interface ImportedLog {
  runLog: string;
  suite: string;
  samples: number;
  /** Answers and errors that were taken over. */
  slots: number;
  /** Repeats of the run: the highest epoch. */
  repeats: number;
  /** Whether the log has its scores and its end. */
  isScored: boolean;
  warnings: string[];
}

/**
 * Makes a run log of another system's results. Without a config it is finished, with the scores as they were recorded, unless there
 * are none; with one it waits for `check`. Everything is read and checked before the log is begun.
 * @throws ToolError `import-invalid`, `import-empty`, and as `openSuite`.
 */
export async function importRun(request: ImportRequest): Promise<ImportedLog> {
  const survey = await surveySlots(request);
  await makeOutputFolder(request.outputDir);
  return request.config ? importInto(request, request.config, survey) : importAlone(request, survey);
}

interface Survey {
  suite: string;
  startedAt: string;
  repeats: number;
  slots: number;
  /** In the order in which they come first. */
  samples: Map<string, Sample>;
  checkers: string[];
  warnings: string[];
}

/** One reading for what a log says before its first answer. */
async function surveySlots({ files, format }: ImportRequest): Promise<Survey> {
  const run = await format.read(files);
  const { toSample } = makeSampleMaker({ digest: shortDigest, callNames: [] });
  const samples = new Map<string, Sample>();
  const checkers = new Set<string>();
  const seen = new Set<string>();
  let repeats = 1;
  for await (const slot of run.slots) {
    const key = `${slot.epoch}/${slot.row.id}`;
    if (seen.has(key)) throw twice(slot);
    seen.add(key);
    repeats = Math.max(repeats, slot.epoch);
    for (const { checker } of slot.scores) checkers.add(checker);
    if (!samples.has(slot.row.id)) samples.set(slot.row.id, toSample({ row: slot.row, line: slot.line }, slot.file));
  }
  if (seen.size === 0) {
    const message = `${files.root}: there is no answer of ${format.type} in it`;
    throw new ToolError({ code: 'import-empty', message, remedy: 'name the folder that the other system wrote its results to' });
  }
  const startedAt = run.startedAt ?? systemClock.now().toISOString();
  return { suite: run.suite, startedAt, repeats, slots: seen.size, samples, checkers: [...checkers], warnings: [...run.warnings] };
}

function twice({ row, epoch, file, line }: ImportedSlot): ToolError {
  const message = `sample "${row.id}" has a second answer for repeat ${epoch}`;
  return new ToolError({
    code: 'import-invalid',
    message: `${file}:${line}: ${message}`,
    problems: [{ file, line, message, remedy: 'remove one of them' }],
  });
}

/** A log of its own. */
async function importAlone(request: ImportRequest, survey: Survey): Promise<ImportedLog> {
  const { outputDir, format } = request;
  const journal = await openJournal({
    path: join(outputDir, 'run.jsonl'),
    resume: false,
    redactor: createRedactor([]),
    header: headerOf(format.type, survey),
  });
  try {
    for (const batch of batchesOf([...survey.samples.values()].map(sampleRecord))) journal.append(...batch);
    const isScored = survey.checkers.length > 0;
    await appendSlots(journal, await format.read(request.files), (slot) => recordsOf(slot, isScored));
    const isWhole = survey.slots === survey.samples.size * survey.repeats;
    if (isScored) closeRun(journal, isWhole ? undefined : 'the imported results lack answers');
    const { suite, samples, slots, repeats, warnings } = survey;
    return { runLog: journal.path, suite, samples: samples.size, slots, repeats, isScored, warnings };
  } finally {
    await journal.close();
  }
}

function headerOf(type: string, { suite, startedAt, samples, repeats, checkers }: Survey): RunRecord {
  return {
    type: 'run',
    schemaVersion: runLogSchemaVersion,
    toolVersion: version,
    runId: randomUUID(),
    startedAt,
    suite,
    fingerprints: { call: { import: type }, score: Object.fromEntries(checkers.map((name) => [name, `import:${type}`])) },
    planned: { samples: samples.size, repeats, slots: samples.size * repeats },
    samplesDigest: shortDigest([...samples.values()].map(({ id, hash }) => `${JSON.stringify(id)} ${hash}`).join('\n')),
    caps: {},
    secrets: [],
    importedFrom: type,
    agent: { type: `import:${type}` },
    checkers: checkers.map((name) => ({ name, required: true, weight: 1 })),
  };
}

/** Answer, scores and outcome of one slot. */
function recordsOf(slot: ImportedSlot, isScored: boolean): RunLogRecord[] {
  const at = { sample: slot.row.id, epoch: slot.epoch };
  const { trajectory, error, scores } = slot;
  const response: RunLogRecord = { type: 'response', ...at, attempt: 1, ...(trajectory ? { trajectory } : {}), ...(error ? { error } : {}) };
  if (!isScored) return [response];
  const scored = scores.map(({ checker, score }): RunLogRecord => ({ type: 'score', ...at, checker, fingerprint: 'import', ...score }));
  const scoredOutcome = scores.length === 0 ? 'unscored' : outcomeOf(scores.map(({ score }) => ({ required: true, score })));
  const outcome = slot.outcome ?? (error ? 'error' : scoredOutcome);
  return [response, ...scored, { type: 'done', ...at, outcome, attempts: 1 }];
}

/** The answers to the samples of a suite; `check` scores them. */
async function importInto(request: ImportRequest, config: SuiteConfig, survey: Survey): Promise<ImportedLog> {
  const { repeats } = survey;
  const suite = await openSuite({ ...config, repeats }, request.signal);
  try {
    const known = new Set<string>();
    for await (const { id } of suite.samples.stream()) known.add(id);
    const unknown = [...survey.samples.keys()].filter((id) => !known.has(id));
    if (unknown.length === survey.samples.size) throw noneKnown(request, config, { unknown, known });
    const journal = await openJournal({
      path: join(request.outputDir, 'run.jsonl'),
      resume: false,
      redactor: createRedactor(config.secrets),
      header: { ...suite.header(undefined, systemClock.now()), startedAt: survey.startedAt, importedFrom: request.format.type },
    });
    try {
      await writeSamples(suite.samples, journal);
      await appendSlots(journal, await request.format.read(request.files), (slot) => (known.has(slot.row.id) ? recordsOf(slot, false) : []));
      const { count } = suite.samples;
      const warnings = [...survey.warnings, ...differences({ unknown, missing: count - (survey.samples.size - unknown.length) })];
      const slots = journal.index.pending.size;
      return { runLog: journal.path, suite: config.suite, samples: count, slots, repeats, isScored: false, warnings };
    } finally {
      await journal.close();
    }
  } finally {
    await suite.close();
  }
}

function noneKnown(request: ImportRequest, config: SuiteConfig, ids: { unknown: string[]; known: ReadonlySet<string> }): ToolError {
  const few = (names: Iterable<string>) => [...names].slice(0, 3).join(', ');
  return new ToolError({
    code: 'import-empty',
    message: `${request.files.root}: no answer belongs to a sample of the suite "${config.suite}"`,
    remedy: `the results have ${few(ids.unknown)}, the suite has ${few(ids.known)}: give the samples the same ids`,
  });
}

function differences({ unknown, missing }: { unknown: readonly string[]; missing: number }): string[] {
  const left = unknown.length;
  return [
    ...(left === 0 ? [] : [`${left} imported sample${left === 1 ? ' is' : 's are'} not in the suite and left out, such as ${unknown[0]}`]),
    ...(missing === 0 ? [] : [`${missing} sample${missing === 1 ? '' : 's'} of the suite ${missing === 1 ? 'has' : 'have'} no imported answer`]),
  ];
}

async function appendSlots(journal: Journal, run: ImportedRun, recordsFor: (slot: ImportedSlot) => RunLogRecord[]): Promise<void> {
  let batch: RunLogRecord[] = [];
  for await (const slot of run.slots) {
    batch.push(...recordsFor(slot));
    if (batch.length < 200) continue;
    journal.append(...batch);
    batch = [];
  }
  if (batch.length > 0) journal.append(...batch);
}

function* batchesOf<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += 200) yield items.slice(start, start + 200);
}

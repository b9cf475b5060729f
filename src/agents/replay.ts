import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { messageOf, type Problem, ToolError } from '../errors.ts';
import { abortFailure } from '../io/failure.ts';
import { readResponses, resolveRunLog } from '../io/run-log-file.ts';
import { isJsonObject, Json, JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import type { Trajectory } from '../records/trajectory.ts';
import { AgentFailure, type AgentRequest, defineAgent, type FailureKind } from './agent.ts';
import { inputsOf } from './parts/converse.ts';
import { checkDepth, toTrajectory } from './parts/reply.ts';

const ReplayOptions = z.strictObject({
  path: z.described(z.string().check(z.minLength(1)), 'a recorded.jsonl, a run.jsonl, or the output folder of a run'),
});
type ReplayOptions = z.infer<typeof ReplayOptions>;

const ErrorLine = z.looseObject({
  kind: z._default(z.string(), 'agent-error'),
  message: z._default(z.string(), 'recorded error'),
  status: z.optional(z.int()),
});

/** A line of a recording that people or other tools write. */
const RecordedLine = z
  .looseObject({
    id: z.string().check(z.minLength(1)),
    epoch: z.optional(z.int().check(z.minimum(1))),
    trajectory: z.optional(JsonObject),
    output: z.optional(Json),
    error: z.optional(ErrorLine),
  })
  .check(
    z.refine((line) => line.trajectory !== undefined || line.output !== undefined || line.error !== undefined, {
      message: 'a line needs "output", "trajectory" or "error"',
    }),
  );

/** Answers from a recording, at no cost: offline examples, tests, checking output that something else produced. */
export const replay = defineAgent<ReplayOptions>({
  type: 'replay',
  summary: 'answers from a recording or an earlier run, without a call',
  options: ReplayOptions,
  envFields: [],
  asksUser: false,
  isPaid: false,
  identity: ({ path }) => ({ template: { path } }),
  async open({ path }, ports) {
    const recording = await loadRecording(path, resolve(ports.baseDir, path));
    return {
      ask: async (request) => answer(recording, request, path),
      close: async () => recording.clear(),
    };
  },
});

/** By sample id, then by epoch; 0 answers the epochs that have no line of their own. */
type Recording = Map<string, Map<number, Recorded>>;
type Recorded = { value: Json } | { trajectory: Trajectory } | { error: z.infer<typeof ErrorLine> };

function answer(recording: Recording, request: AgentRequest, path: string): Trajectory {
  const { sample, epoch, signal } = request;
  if (signal.aborted) throw abortFailure(signal, 'not-sent');
  const epochs = recording.get(sample.id);
  const recorded = epochs?.get(epoch) ?? epochs?.get(0);
  if (!recorded) {
    const detail = epochs ? `repeat ${epoch} of sample "${sample.id}"` : `sample "${sample.id}"`;
    throw new AgentFailure('no-recording', `${path} has no line for ${detail}`, { phase: 'answered' });
  }
  if ('error' in recorded) throw recordedFailure(recorded.error);
  return 'trajectory' in recorded ? recorded.trajectory : toTrajectory(recorded.value, inputsOf(sample));
}

const failureKinds: readonly FailureKind[] = [
  'refused',
  'unreachable',
  'tls',
  'timeout',
  'reset',
  'rate-limited',
  'http-status',
  'redirect',
  'bad-response',
  'too-large',
  'agent-error',
  'process',
  'no-recording',
  'user-model',
  'user-refused',
  'context-limit',
  'task-start',
  'task-interact',
  'task-network',
  'task-unavailable',
  'aborted',
];

/** The agent's own answer now: asking a recording again cannot help, whatever the kind was then. */
function recordedFailure({ kind, message, status }: z.infer<typeof ErrorLine>): AgentFailure {
  const known = failureKinds.find((candidate) => candidate === kind);
  return new AgentFailure(known ?? 'agent-error', known ? message : `${kind}: ${message}`, {
    phase: 'answered',
    isTransient: false,
    ...(status === undefined ? {} : { status }),
  });
}

async function loadRecording(shownPath: string, path: string): Promise<Recording> {
  const info = await stat(path).catch((error: unknown) => {
    throw invalid(
      shownPath,
      undefined,
      `the recording cannot be read (${messageOf(error)})`,
      'check agent.path; it starts from the folder of the config file',
    );
  });
  if (!info.isDirectory() && !info.isFile())
    throw invalid(shownPath, undefined, 'the recording is neither a file nor a folder', 'name a recorded.jsonl, a run.jsonl or the folder of a run');
  if (info.isDirectory()) return loadRunLog(await resolveRunLog(path));
  const recording: Recording = new Map();
  let line = 0;
  const input = createReadStream(path, 'utf8');
  try {
    for await (const raw of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      const text = line === 1 ? raw.replace(/^\uFEFF/, '') : raw;
      if (text.trim() === '') continue;
      const value = parseLine(text, shownPath, line);
      if (recording.size === 0 && isJsonObject(value) && value.type === 'run' && value.schemaVersion !== undefined) return await loadRunLog(path);
      addLine(recording, value, shownPath, line);
    }
  } finally {
    input.destroy();
  }
  if (recording.size === 0) throw invalid(shownPath, undefined, 'the recording is empty', 'write one JSON object per line: {"id", "output"}');
  return recording;
}

async function loadRunLog(path: string): Promise<Recording> {
  const recording: Recording = new Map();
  for await (const { sample, epoch, trajectory, error } of readResponses(path)) {
    if (trajectory) keep(recording, sample, epoch, { trajectory });
    else if (error) keep(recording, sample, epoch, { error });
  }
  return recording;
}

function parseLine(text: string, file: string, line: number): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw invalid(file, line, `not JSON (${messageOf(error)})`, 'write one JSON object per line: {"id", "output"}');
  }
}

/** Answers are read fully now, so that a mistake is a line number at the start and not an error per slot. */
function addLine(recording: Recording, value: Json, file: string, line: number): void {
  try {
    checkDepth(value);
  } catch (problem) {
    throw invalid(file, line, messageOf(problem), 'record the answer as text, or less deep');
  }
  const parsed = RecordedLine.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    throw invalid(file, line, `${where}${issue?.message ?? 'not a recorded line'}`, 'a line is {"id", "epoch"?, "output" | "trajectory" | "error"}');
  }
  const { id, epoch = 0, error, trajectory } = parsed.data;
  if (error) {
    keep(recording, id, epoch, { error });
    return;
  }
  const recorded = trajectory ?? (value as Json);
  try {
    if (!isPlainOutput(recorded)) toTrajectory(recorded, []);
  } catch (problem) {
    throw invalid(file, line, messageOf(problem), 'see "Replay agent" in the documentation for the forms of a line');
  }
  keep(recording, id, epoch, { value: recorded });
}

/** Most recordings are nothing else, and reading one as an answer costs more than reading its line. */
function isPlainOutput(recorded: Json): boolean {
  if (!isJsonObject(recorded) || typeof recorded.output !== 'string') return false;
  return Object.keys(recorded).every((key) => key === 'id' || key === 'epoch' || key === 'output');
}

function keep(recording: Recording, id: string, epoch: number, recorded: Recorded): void {
  const epochs = recording.get(id) ?? new Map<number, Recorded>();
  recording.set(id, epochs.set(epoch, recorded));
}

function invalid(file: string, line: number | undefined, message: string, remedy: string): ToolError {
  const problem: Problem = { file, ...(line === undefined ? {} : { line }), field: 'agent.path', message, remedy };
  return new ToolError({
    code: 'recording-invalid',
    message: `${file}${line === undefined ? '' : `:${line}`}: ${message}`,
    remedy,
    problems: [problem],
  });
}

import { shortened } from '../../errors.ts';
import { Json } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import type { HistoryItem } from './history.ts';

/** What a sample is called at its task. */
export type SampleIndex = number | string;

/** What became of a sample, in the words of AgentBench 0.2. */
export const sampleStatuses = [
  'running',
  'completed',
  'agent context limit',
  'agent validation failed',
  'agent invalid action',
  'task limit reached',
  'unknown',
  'task error',
] as const;
export type SampleStatus = (typeof sampleStatuses)[number];

/** Also as the analysis script of AgentBench writes them: `TASK_LIMIT_REACHED`. Undefined: no status. */
export function sampleStatusOf(text: unknown): SampleStatus | undefined {
  if (typeof text !== 'string') return undefined;
  const plain = text.toLowerCase().replaceAll('_', ' ');
  return sampleStatuses.find((status) => status === plain);
}

/** The state of a sample, or how it ended. */
export interface SampleOutput {
  index: SampleIndex | null;
  status: SampleStatus;
  result: Json;
  history: HistoryItem[];
}

/** What the controller says of a sample that was started or went on. */
export interface SampleReply {
  session: number | string;
  output: SampleOutput;
}

/** What an agent said, as a task is told. */
export type AgentResponse = { status: 'normal'; content: string } | { status: 'agent context limit' | 'cancelled'; content: null };

const Index = z.union([z.int(), z.string()]);
const Status = z.pipe(
  z.string(),
  z.transform((text: string, context) => {
    const status = sampleStatusOf(text);
    if (status) return status;
    const message = `expected one of ${sampleStatuses.join(', ')}, found ${JSON.stringify(shortened(text, 60))}`;
    context.issues.push({ code: 'custom', message, input: text });
    return 'unknown' as const;
  }),
);
const Item = z.looseObject({ role: z.enum(['user', 'agent']), content: z.string() });
const Reply = z.looseObject({
  session_id: z.union([z.int(), z.string()]),
  output: z.looseObject({
    index: z.optional(z.nullable(Index)),
    status: Status,
    result: z.optional(Json),
    history: z.optional(z.nullable(z.array(Item))),
  }),
});
const Indices = z.array(Index);
const Workers = z.record(
  z.string(),
  z.looseObject({
    workers: z.record(z.string(), z.looseObject({ status: z.union([z.int(), z.string()]), capacity: z.number(), current: z.number() })),
  }),
);

/** What a reply was read as, or why it is none: one sentence without a full stop. */
export type Read<T> = { value: T; problem?: undefined } | { problem: string };

/** The reply to start_sample and interact. A sample that runs has something to say to the agent. */
export function readSampleReply(text: string): Read<SampleReply> {
  const read = readAs(text, Reply);
  if (read.problem !== undefined) return read;
  const { session_id: session, output } = read.value;
  const { index = null, status, result = null } = output;
  const history = (output.history ?? []).map(({ role, content }): HistoryItem => ({ role, content }));
  if (status === 'running' && history.length === 0) return { problem: 'output.history: a running sample has no message for the agent' };
  return { value: { session, output: { index, status, result, history } } };
}

/** The reply to get_indices: whole numbers and texts, each once. */
export function readIndices(text: string): Read<SampleIndex[]> {
  const read = readAs(text, Indices);
  if (read.problem !== undefined) return read;
  const seen = new Set<string>();
  for (const index of read.value) {
    if (seen.has(String(index))) return { problem: `the index ${JSON.stringify(index)} stands there twice` };
    seen.add(String(index));
  }
  return read;
}

/** Of list_workers: the slots that are free at workers that are alive, by task. */
export function readFreeSlots(text: string): Read<ReadonlyMap<string, number>> {
  const read = readAs(text, Workers);
  if (read.problem !== undefined) return read;
  const free = new Map<string, number>();
  for (const [task, { workers }] of Object.entries(read.value)) {
    const alive = Object.values(workers).filter(({ status }) => status === 0 || status === 'ALIVE');
    free.set(
      task,
      alive.reduce((sum, { capacity, current }) => sum + Math.max(0, capacity - current), 0),
    );
  }
  return { value: free };
}

function readAs<T>(text: string, schema: z.ZodMiniType<T>): Read<T> {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return { problem: text.trim() === '' ? 'it is empty' : 'it is no JSON' };
  }
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return { value: parsed.data };
  const [issue] = parsed.error.issues;
  if (!issue) return { problem: 'it is not in shape' };
  const path = shortened(issue.path.map(String).join('.'), 100);
  return { problem: `${path === '' ? '' : `${path}: `}${wordsOf(issue, foundAt(value, issue.path))}` };
}

const typeWords: Record<string, string | undefined> = {
  string: 'text',
  number: 'a number',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

function wordsOf(issue: z.core.$ZodIssue, found: string): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeWords[issue.expected] ?? issue.expected}, found ${found}`;
    case 'invalid_union':
      return `expected a whole number or text, found ${found}`;
    case 'invalid_value':
      return `expected ${issue.values.map(String).join(' or ')}, found ${found}`;
    default:
      return issue.message;
  }
}

/** What stands at a path, in a word or two. */
function foundAt(value: unknown, path: readonly PropertyKey[]): string {
  let found: unknown = value;
  for (const key of path) found = found !== null && typeof found === 'object' && Object.hasOwn(found, key) ? Reflect.get(found, key) : undefined;
  if (found === undefined) return 'nothing';
  if (found === null) return 'null';
  if (typeof found === 'string') return `the text ${JSON.stringify(shortened(found, 40))}`;
  if (typeof found === 'object') return Array.isArray(found) ? 'a list' : 'a mapping';
  return String(found);
}

/** The id of a sample of a task. */
export function sampleIdOf(task: string, index: SampleIndex): string {
  return `${task}#${index}`;
}

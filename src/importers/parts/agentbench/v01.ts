import type { Json, JsonObject } from '../../../records/json.ts';
import { ChatMessage, type Input } from '../../../records/sample.ts';
import * as z from '../../../records/schema.ts';
import { notApplicable, scored } from '../../../records/score.ts';
import type { Trajectory } from '../../../records/trajectory.ts';
import { exactMatch } from '../../../systems/agentbench/em.ts';
import { turnsOf } from '../../../systems/agentbench/history-turns.ts';
import { pythonEqual } from '../../../systems/agentbench/python-literal.ts';
import { GenerationLine, TargetLine } from '../../../systems/agentbench/record.ts';
import type { ImportedSlot, NamedScore } from '../../result-format.ts';
import { type Reading, type ReadLine, readDocument, readLines } from './lines.ts';
import type { PairFiles } from './v02.ts';

const Metrics = z.record(z.string(), z.unknown());

/**
 * The slots of a v0.1 folder: generation.jsonl has what was said, runs.jsonl the targets; either may be missing. Of several records
 * of an index the last counts, as both files are only added to. The EM of results.json is compared with the records.
 */
export function readPairV01(reading: Reading, pair: PairFiles): { slots: ImportedSlot[] } {
  const generation = lastOf(reading, pair, 'generation.jsonl', GenerationLine);
  const runs = lastOf(reading, pair, 'runs.jsonl', TargetLine);
  const indices = [...new Set([...runs.keys(), ...generation.keys()])].sort((a, b) => a - b);
  const slots = indices.map((index) => slotOf(pair, { index, said: generation.get(index), judged: runs.get(index) }));
  compareMetrics(
    reading,
    pair,
    [...runs.values()].map(({ value }) => value),
  );
  return { slots };
}

function lastOf<T extends { index: number }>(
  reading: Reading,
  { files }: PairFiles,
  name: string,
  schema: z.ZodMiniType<T>,
): Map<number, ReadLine<T>> {
  const file = files.get(name);
  const last = new Map<number, ReadLine<T>>();
  for (const read of file ? readLines(reading, { file: file.path, text: file.text, schema, found: (value) => lineFault(value, name) }) : []) {
    if (last.has(read.value.index))
      reading.warnings.push(`${file?.path}:${read.line}: index ${read.value.index} comes again; the later record counts`);
    last.set(read.value.index, read);
  }
  return last;
}

function lineFault(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'expected a record {index, input, output}';
  if ('time' in value) return 'it is a record of v0.2 {index, output, time} among those of v0.1';
  return name === 'runs.jsonl' && !('target' in value) ? 'a record of v0.1 needs "target"' : undefined;
}

interface Found {
  index: number;
  said: ReadLine<GenerationLine> | undefined;
  judged: ReadLine<TargetLine> | undefined;
}

function slotOf(pair: PairFiles, { index, said, judged }: Found): ImportedSlot {
  const { input = null, output = null } = { ...said?.value, ...judged?.value };
  const target = judged?.value.target;
  const { agent, task, prefix, files } = pair;
  const row: JsonObject & { id: string } = {
    id: `${prefix}#${index}`,
    input: inputOf(input, said?.value),
    ...(target === undefined ? {} : { expected: target }),
    metadata: { agent, task, index },
  };
  const place = { file: files.get(said ? 'generation.jsonl' : 'runs.jsonl')?.path ?? '', line: said?.line ?? judged?.line ?? 1 };
  if (said?.value.exception_raised === true) {
    const message = 'the agent failed in this sample (exception_raised); its later answers are empty';
    return { row, epoch: 1, error: { kind: 'agent-error', message }, scores: [], ...place };
  }
  const scores: NamedScore[] = [{ checker: 'EM', score: target === undefined ? notApplicable('there is no target') : emScore(output, target) }];
  return { row, epoch: 1, trajectory: trajectoryOf(row.input as Input, output, said?.value), scores, ...place };
}

function emScore(output: Json, target: Json) {
  const isEqual = pythonEqual(output, target);
  const shown = JSON.stringify(target).slice(0, 120);
  return scored(isEqual ? 1 : 0, isEqual ? `it equals the target ${shown}` : `it is not the target ${shown}`);
}

/** The turns of the history where they end with the output; else one turn, with what was said as its steps. */
function trajectoryOf(input: Input, output: Json, said: GenerationLine | undefined): Trajectory {
  const text = typeof output === 'string' ? output : JSON.stringify(output);
  const history = (said?.history ?? []).map(({ role, content }) => ({ role, content }));
  const turns = turnsOf(history);
  if (turns.length > 0 && turns.at(-1)?.output === text) return { turns };
  const steps = history.map(({ role, content }) => ({ kind: 'message' as const, text: content, author: role }));
  return { turns: [{ input, output: text, steps }] };
}

/** What is no input here, such as a list of numbers, becomes its JSON text. */
function inputOf(input: Json, said: GenerationLine | undefined): Input {
  if (typeof input === 'string') return input;
  if (input === null) return said?.history?.find(({ role }) => role === 'user')?.content ?? '';
  if (Array.isArray(input)) {
    const messages = z.array(ChatMessage).safeParse(input);
    return messages.success ? messages.data : JSON.stringify(input);
  }
  return typeof input === 'object' ? input : JSON.stringify(input);
}

function compareMetrics(reading: Reading, { files }: PairFiles, lines: readonly TargetLine[]): void {
  const results = files.get('results.json');
  const told = results && readDocument(reading, { file: results.path, text: results.text, schema: Metrics });
  if (!results || !told) return;
  const others = Object.keys(told).filter((name) => name !== 'EM');
  if (others.length > 0) {
    reading.warnings.push(
      `${results.path}: ${others.slice(0, 10).join(', ')} ${others.length === 1 ? 'is' : 'are'} of the task's own code and of the whole run: not taken over`,
    );
  }
  const em = exactMatch(
    lines.map(({ output = null }) => output),
    lines.map(({ target = null }) => target),
  );
  if (typeof told.EM === 'number' && em !== null && Math.abs(told.EM - em) > 1e-6) {
    reading.warnings.push(`${results.path}: EM is ${told.EM}, by runs.jsonl it is ${em} (values deeper than 5 levels are cut in the records)`);
  }
}

import type { Json, JsonObject } from '../../../records/json.ts';
import * as z from '../../../records/schema.ts';
import { type SampleIndex, type SampleStatus, sampleStatusOf } from '../../../systems/agentbench/controller.ts';
import { pairFolders } from '../../../systems/agentbench/folder.ts';
import type { HistoryItem } from '../../../systems/agentbench/history.ts';
import { historyOf } from '../../../systems/agentbench/history-turns.ts';
import { errorCodeOf } from '../../../systems/agentbench/outcome.ts';
import { type OverallSample, overallOf } from '../../../systems/agentbench/overall.ts';
import { HistoryEntry } from '../../../systems/agentbench/record.ts';
import type { ExportedFile, ExportedRun, ExportedSlot } from '../../result-format.ts';

export const AgentbenchWriteOptions = z.strictObject({
  agent: z.described(
    z.optional(z.string().check(z.minLength(1))),
    'name of the agent: first folder; default that of the sample id or its metadata, else "agent"',
  ),
  task: z.described(
    z.optional(z.string().check(z.minLength(1))),
    'name of the task: second folder; default that of the sample id or its metadata, else the suite',
  ),
  epoch: z.described(z._default(z.coerce.number().check(z.int(), z.minimum(1)), 1), 'which repeat is written: AgentBench knows one; default 1'),
});
export type AgentbenchWriteOptions = z.infer<typeof AgentbenchWriteOptions>;

interface Pair {
  runs: string[];
  errors: string[];
  finished: OverallSample[];
  /** Slots that are no record of runs.jsonl. */
  open: number;
}

/**
 * AGENT/TASK/runs.jsonl and error.jsonl as v0.2 writes them, and overall.json where every sample of the pair is finished. A slot
 * that was never asked has no record. Times are UTC. What an earlier export left of a pair is replaced as a whole: AgentBench skips a
 * pair that has an overall.json.
 */
export async function* writeV02(run: ExportedRun, options: AgentbenchWriteOptions): AsyncGenerator<ExportedFile> {
  const pairs = new Map<string, Pair>();
  const folderOf = pairFolders();
  let ordinal = 0;
  for await (const slot of run.slots()) {
    if (slot.epoch !== options.epoch) continue;
    const { agent, task, index } = whereOf(slot, { run, options, ordinal: ordinal++ });
    const steps = folderOf(agent, task);
    const folder = `${steps.agent}/${steps.task}`;
    const pair = pairs.get(folder) ?? { runs: [], errors: [], finished: [], open: 0 };
    pairs.set(folder, pair);
    addSlot(pair, slot, { index, time: slot.startedAt ?? run.startedAt });
  }
  for (const [folder, { runs, errors, finished, open }] of pairs) {
    const isWhole = open === 0 && finished.length > 0;
    yield { path: `${folder}/runs.jsonl`, text: linesOf(runs) };
    yield { path: `${folder}/error.jsonl`, text: linesOf(errors) };
    yield {
      path: `${folder}/overall.json`,
      text: isWhole ? `${JSON.stringify(overallOf(finished, run.taskMetric ?? null), null, 4)}\n` : undefined,
    };
  }
}

function addSlot(pair: Pair, slot: ExportedSlot, { index, time }: { index: SampleIndex; time: string }): void {
  const stamp = { timestamp: Date.parse(time), str: time.slice(0, 19).replace('T', ' ') };
  if (slot.error) {
    pair.open += 1;
    const code = errorCodeOf(slot.error.kind);
    pair.errors.push(JSON.stringify({ index, error: code, info: slot.error.message, output: null, time: stamp }));
  } else if (slot.trajectory) {
    const output = outputOf(slot, index);
    pair.finished.push(output);
    pair.runs.push(JSON.stringify({ index, error: null, info: null, output, time: stamp }));
  } else pair.open += 1;
}

function linesOf(lines: readonly string[]): string | undefined {
  return lines.length === 0 ? undefined : `${lines.join('\n')}\n`;
}

/** As a controller said it, which a run behind one keeps as its final state; else an answer that came is completed. */
function outputOf(slot: ExportedSlot, index: SampleIndex): { index: SampleIndex; status: SampleStatus; result: Json; history: HistoryItem[] } {
  const turns = slot.trajectory?.turns ?? [];
  const state = objectOf(slot.trajectory?.finalState);
  const status = sampleStatusOf(state.status);
  const history = z.array(HistoryEntry).safeParse(state.history);
  return {
    index,
    status: status ?? 'completed',
    result: status ? (state.result ?? null) : (turns.at(-1)?.output ?? null),
    history: history.success ? history.data.map(({ role, content }) => ({ role, content })) : historyOf(turns),
  };
}

function whereOf(
  { id, sample, trajectory }: ExportedSlot,
  { run, options, ordinal }: { run: ExportedRun; options: AgentbenchWriteOptions; ordinal: number },
): { agent: string; task: string; index: SampleIndex } {
  const metadata = objectOf(sample?.metadata);
  const [, prefix = '', written] = /^(.*)#(.*)$/s.exec(id) ?? [];
  const steps = prefix.split('/').filter((step) => step !== '');
  return {
    agent: options.agent ?? textOf(metadata.agent) ?? steps.at(-2) ?? 'agent',
    task: options.task ?? textOf(metadata.task) ?? steps.at(-1) ?? (run.suite || 'task'),
    index: indexOf(objectOf(trajectory?.finalState).index) ?? indexOf(metadata.index) ?? numberOr(written) ?? written ?? indexFromId(id, ordinal),
  };
}

function indexFromId(id: string, ordinal: number): SampleIndex {
  return numberOr(id) ?? (id === '' ? ordinal : id);
}

function numberOr(text: string | undefined): number | undefined {
  return text !== undefined && /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined;
}

function indexOf(value: Json | undefined): SampleIndex | undefined {
  return typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value)) ? value : undefined;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

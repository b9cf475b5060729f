import { ToolError } from '../../errors.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import { pythonJson, pythonText } from './python-text.ts';

/** Name of the logstore that takes the records. */
export const experimentLogstore = 'experiment_detail';

/** What all records of one run share. */
export interface Experiment {
  id: string;
  /** Absent or empty: `experiment_`, the first 8 characters of the id, and the start. */
  name?: string;
  /** Default agent. */
  type?: string;
  /** Default {"run_env": "local_run"}. */
  metadata?: JsonObject;
  /** Default {}. */
  config?: JsonObject;
  /** Milliseconds since 1970. */
  startedAtMs: number;
  /** Of the log service. */
  project: string;
  dataset: string;
}

/** What a solution gave for one task in one repeat. */
export interface SolutionRecord {
  success: boolean;
  output: Json;
  trajectory?: Json;
  meta?: JsonObject | null;
}

export interface ExperimentItem {
  taskId: string;
  /** From 0, as text. */
  repeatId: string;
  /** The dataset row. */
  row: Json;
  solution: SolutionRecord;
}

/** Names and values of one log, in order. */
export type LogContents = (readonly [name: string, value: string])[];

/** The record of the first generation (workspace): row and solution as JSON. */
export function workspaceRecord(experiment: Experiment, item: ExperimentItem): LogContents {
  const { success, output, trajectory = [], meta = null } = item.solution;
  return [
    ...sharedContents(experiment, item),
    ['experiment_data', pythonJson(item.row)],
    ['experiment_output', pythonJson({ success, output, trajectory, meta })],
  ];
}

/** The record of the second generation (agent space): input, output and status as text, and every column of the row on its own. */
export function agentSpaceRecord(experiment: Experiment, item: ExperimentItem): LogContents {
  const { solution, row } = item;
  const meta = solution.meta ?? {};
  const traceId = meta.traceId;
  return [
    ...sharedContents(experiment, item),
    ['experiment_input', inputText(meta.experiment_input ?? row)],
    ['experiment_output', outputText(solution)],
    ['status', solution.success ? 'success' : 'failed'],
    ...(traceId ? [['traceId', pythonText(traceId)] as const] : []),
    ['experiment_metrics', pythonJson({ latency: meta.latency_ms ?? 0 })],
    ...Object.entries(objectOf(row)).map(([column, value]) => [`dataset.${column}`, pythonText(value)] as const),
  ];
}

/** The name that a run without one is given: `start` as `20260313_174311`. */
export function experimentName(id: string, startedAtMs: number): string {
  const start = new Date(startedAtMs).toISOString().replace(/[-:]/g, '').replace('T', '_').slice(0, 15);
  return `experiment_${id.slice(0, 8)}_${start}`;
}

function sharedContents({ id, name, type, metadata, config, startedAtMs, project, dataset }: Experiment, item: ExperimentItem): LogContents {
  if (!Number.isFinite(startedAtMs)) throw new ToolError({ code: 'agentloop-settings', message: 'an experiment needs the time of its start' });
  const itemId = objectOf(item.row).id ?? item.taskId;
  return [
    ['experiment_id', id],
    ['experiment_name', name || experimentName(id, startedAtMs)],
    ['experiment_start_time', String(Math.trunc(startedAtMs))],
    ['experiment_type', type || 'agent'],
    ['experiment_metadata', pythonJson(isEmpty(metadata) ? { run_env: 'local_run' } : metadata)],
    ['experiment_config', pythonJson(config ?? {})],
    ['task_id', item.taskId],
    ['repeat_id', item.repeatId],
    ['data_config', pythonJson({ data_type: 'dataset', project, dataset_id: dataset, dataset_item_id: itemId })],
  ];
}

function isEmpty(object: JsonObject | undefined): object is undefined {
  return object === undefined || Object.keys(object).length === 0;
}

function inputText(input: Json): string {
  return input === null || input === '' ? '' : pythonText(input);
}

function outputText({ success, output, meta }: SolutionRecord): string {
  if (success) return typeof output === 'string' ? output : pythonJson(output);
  const type = textOr(meta?.error_type, 'UnknownError');
  return `ERROR: ${type} - ${textOr(meta?.error_message, textOr(meta?.error_repr, type))}`;
}

/** Python's `or`: an empty text, zero, false and nothing give way. */
function textOr(value: Json | undefined, other: string): string {
  return value ? pythonText(value) : other;
}

function objectOf(row: Json): JsonObject {
  return row !== null && typeof row === 'object' && !Array.isArray(row) ? row : {};
}

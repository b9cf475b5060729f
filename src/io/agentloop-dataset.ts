import { ToolError } from '../errors.ts';
import type { JsonObject } from '../records/json.ts';
import { openAgentloopService, type ServiceSettings } from './agentloop-service.ts';

export interface DatasetSettings extends Omit<ServiceSettings, 'signal'> {
  dataset: string;
  query?: string;
  maxRows: number;
  groundTruthField?: string;
}

/** Rows by command, so that the suites of one command, which may share a dataset, see the same one and ask for it once. */
const fetched = new WeakMap<AbortSignal, Map<string, Promise<string[]>>>();

/** Characters of all rows as JSON. */
const maxCharacters = 512 * 1024 * 1024;

/**
 * Every row of a dataset as a line of JSON, fetched once for the command that `signal` stops.
 * @throws ToolError `agentloop-failed` when not all rows came; `dataset-empty`; `dataset-too-large` above 512 Mi characters.
 */
export function fetchDatasetLines(settings: DatasetSettings, signal: AbortSignal): Promise<string[]> {
  const byDataset = fetched.get(signal) ?? new Map<string, Promise<string[]>>();
  fetched.set(signal, byDataset);
  const { api, space, endpoint, credentials, dataset, query, maxRows, groundTruthField } = settings;
  const key = JSON.stringify([api, space, endpoint, credentials.accessKeyId, dataset, query, maxRows, groundTruthField]);
  const lines = byDataset.get(key) ?? fetchLines(settings, signal);
  byDataset.set(key, lines);
  return lines;
}

async function fetchLines(settings: DatasetSettings, signal: AbortSignal): Promise<string[]> {
  const { dataset, query, maxRows, groundTruthField } = settings;
  const service = openAgentloopService({ ...settings, signal });
  try {
    const rows = await service.rows({ dataset, ...(query === undefined ? {} : { query }), maxRows });
    if (rows.length === 0) throw emptyError(dataset, query);
    checkGroundTruth(rows, groundTruthField, dataset);
    let characters = 0;
    return rows.map((row) => {
      // A row without the column has the empty text there.
      const line = `${JSON.stringify(groundTruthField === undefined ? row : { [groundTruthField]: '', ...row })}\n`;
      characters += line.length;
      if (characters > maxCharacters) throw tooLarge(dataset);
      return line;
    });
  } finally {
    service.close();
  }
}

/** A column that no row has is misspelt: everything would be compared with nothing. */
function checkGroundTruth(rows: readonly JsonObject[], field: string | undefined, dataset: string): void {
  if (field === undefined || rows.some((row) => Object.hasOwn(row, field))) return;
  const message = `AgentLoop: no row of the dataset "${dataset}" has a column "${field}"`;
  const remedy = `groundTruthField names one of: ${Object.keys(rows[0] ?? {})
    .slice(0, 20)
    .join(', ')}`;
  throw new ToolError({ code: 'dataset-invalid', message, remedy, problems: [{ field: 'samples.agentloop.groundTruthField', message, remedy }] });
}

function emptyError(dataset: string, query: string | undefined): ToolError {
  const message = `AgentLoop: the dataset "${dataset}" ${query === undefined ? 'has no rows' : 'has no rows that the query finds'}`;
  return new ToolError({
    code: 'dataset-empty',
    message,
    remedy: 'an experiment without rows says nothing: import rows, or check the names and the query',
  });
}

function tooLarge(dataset: string): ToolError {
  return new ToolError({
    code: 'dataset-too-large',
    message: `AgentLoop: the dataset "${dataset}" is larger than 512 million characters`,
    remedy: 'lower maxRows, or choose rows with a query',
  });
}

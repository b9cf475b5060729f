import { type Problem, ToolError } from '../errors.ts';
import type { JsonObject } from '../records/json.ts';
import { connectionOf, credentialVariables } from '../systems/agentloop/connection.ts';
import { agentloopEnvironmentFields } from '../systems/agentloop/entry.ts';
import type { Environment } from './environment.ts';
import { type Located, type LocatedMap, nodeAt, type Path, placeAt, problemAt } from './located.ts';
import type { AgentloopDataset, AgentloopSpace, AgentloopUpload, ExportConfig } from './suite-config.ts';
import type { SuiteFile } from './suite-file.ts';

/** Where the environment may be put in. */
export function agentloopPaths(root: LocatedMap): Path[] {
  const exports = nodeAt(root, ['exports']);
  const places = exports?.kind === 'list' ? exports.items.map((_, number): Path => ['exports', number]) : [];
  const uploads = places.filter((place) => isText(nodeAt(root, [...place, 'type']), 'agentloop'));
  const owners = [...(nodeAt(root, ['samples', 'agentloop']) ? [['samples', 'agentloop']] : []), ...uploads];
  return owners.flatMap((owner) => agentloopEnvironmentFields.map((field): Path => [...owner, field]));
}

function isText(node: Located | undefined, text: string): boolean {
  return node?.kind === 'scalar' && node.value === text;
}

/** A dataset with its credentials, or what is wrong with it. `unset`: variables that would help. */
export interface ResolvedDataset {
  dataset?: AgentloopDataset;
  secrets: { name: string; value: string }[];
  problem?: Problem;
  unset?: readonly string[];
}

/** Where credentials come from. */
export interface Surroundings {
  env: Environment;
  dotEnv?: (names: readonly string[]) => Environment;
}

/** Undefined where the samples are no dataset of AgentLoop. Credentials come from the entry, the environment, or a `.env` file. */
export function agentloopDataset(root: LocatedMap, samples: SuiteFile['samples'] | undefined, around: Surroundings): ResolvedDataset | undefined {
  if (samples === undefined || typeof samples === 'string' || Array.isArray(samples) || !samples.agentloop) return undefined;
  const { dataset, query, maxRows, groundTruthField, ...where } = samples.agentloop;
  try {
    const { space, secrets } = agentloopSpace(where, around);
    const rest = { ...(query == null ? {} : { query }), maxRows: maxRows ?? 1000, ...(groundTruthField == null ? {} : { groundTruthField }) };
    return { dataset: { ...space, dataset, ...rest }, secrets };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { secrets: [], ...problemOf(error, root, ['samples', 'agentloop']) };
  }
}

function problemOf(error: ToolError, root: LocatedMap, path: Path): { problem: Problem; unset: readonly string[] } {
  const problem = problemAt(placeAt(root, path), path, { message: error.message, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) });
  return { problem, unset: credentialVariables[1].filter((name) => error.remedy?.includes(name)) };
}

/** The exports with where the ones of the type `agentloop` are sent; what they leave out is that of `samples.agentloop`. */
export function withUploads(
  root: LocatedMap,
  { exports, samples }: { exports: readonly ExportConfig[]; samples: SuiteFile['samples'] | undefined },
  around: Surroundings,
): { exports: ExportConfig[]; found: Omit<ResolvedDataset, 'dataset'>[] } {
  const found: Omit<ResolvedDataset, 'dataset'>[] = [];
  const own = samples === undefined || typeof samples === 'string' || Array.isArray(samples) ? undefined : samples.agentloop;
  const resolved = exports.map((entry, number) => {
    if (entry.type !== 'agentloop') return entry;
    try {
      const options = entry.options as UploadEntry;
      // One of the two says where; that of the dataset must not join in.
      const { workspace, agentSpace, ...shared } = own ?? {};
      const isPlaced = options.workspace != null || options.agentSpace != null;
      const { upload, secrets } = agentloopUpload({ ...given(isPlaced ? shared : { ...shared, workspace, agentSpace }), ...given(options) }, around);
      found.push({ secrets });
      return { ...entry, upload };
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      found.push({ secrets: [], ...problemOf(error, root, ['exports', number]) });
      return entry;
    }
  });
  return { exports: resolved, found };
}

/** The fields of an export of the type `agentloop`. */
export interface UploadEntry extends SpaceEntry {
  dataset?: string | null | undefined;
  logEndpoint?: string | null | undefined;
  project?: string | null | undefined;
  experimentName?: string | null | undefined;
  experimentType?: 'agent' | 'model' | null | undefined;
  experimentMetadata?: JsonObject | null | undefined;
  experimentConfig?: JsonObject | null | undefined;
}

/** @throws ToolError `agentloop-settings` for what is missing. */
export function agentloopUpload(entry: UploadEntry, around: Surroundings): { upload: AgentloopUpload; secrets: { name: string; value: string }[] } {
  const { dataset, logEndpoint, project, experimentName, experimentType, experimentMetadata, experimentConfig } = entry;
  const missing = [
    ...(entry.workspace == null && entry.agentSpace == null ? ['workspace (or agentSpace)'] : []),
    ...(dataset == null ? ['dataset'] : []),
    ...(entry.region == null && (entry.endpoint == null || logEndpoint == null) ? ['region'] : []),
  ];
  if (missing.length > 0) {
    const message = `AgentLoop: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`;
    throw new ToolError({ code: 'agentloop-settings', message, remedy: 'write it here, or under samples.agentloop' });
  }
  const { space, secrets } = agentloopSpace(entry, around);
  const upload: AgentloopUpload = {
    ...space,
    ...(logEndpoint == null ? {} : { logEndpoint: logEndpoint.replace(/\/$/, '') }),
    dataset: dataset ?? '',
    experimentType: experimentType ?? 'agent',
    ...(project == null ? {} : { project }),
    ...(experimentName == null ? {} : { experimentName }),
    ...(experimentMetadata == null ? {} : { experimentMetadata }),
    ...(experimentConfig == null ? {} : { experimentConfig }),
  };
  return { upload, secrets };
}

function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)) as Partial<T>;
}

/** Names a space and who asks. */
export interface SpaceEntry {
  workspace?: string | null | undefined;
  agentSpace?: string | null | undefined;
  region?: string | null | undefined;
  endpoint?: string | null | undefined;
  accessKeyId?: string | null | undefined;
  accessKeySecret?: string | null | undefined;
}

/** @throws ToolError `agentloop-settings` for credentials that are missing. */
export function agentloopSpace(
  entry: SpaceEntry,
  { env, dotEnv }: Surroundings,
): { space: AgentloopSpace; secrets: { name: string; value: string }[] } {
  const api = entry.agentSpace == null ? '2024-03-30' : '2026-05-20';
  const names = credentialVariables.flat();
  const isGiven = entry.accessKeyId != null && entry.accessKeySecret != null;
  const variables = isGiven ? {} : { ...dotEnv?.(names), ...Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : []))) };
  const { serviceHost, logHost, credentials } = connectionOf({
    api,
    // Beside an endpoint the region decides nothing.
    region: entry.region ?? 'cn-hangzhou',
    ...(entry.accessKeyId == null ? {} : { accessKeyId: entry.accessKeyId }),
    ...(entry.accessKeySecret == null ? {} : { accessKeySecret: entry.accessKeySecret }),
    env: variables,
  });
  const endpoint = entry.endpoint?.replace(/\/$/, '') ?? `https://${serviceHost}`;
  const space = { api, space: entry.agentSpace ?? entry.workspace ?? '', endpoint, logEndpoint: `https://${logHost}`, credentials } as const;
  const secrets = [
    { name: 'the AccessKey ID', value: credentials.accessKeyId },
    { name: 'the AccessKey secret', value: credentials.accessKeySecret },
  ];
  return { space, secrets };
}

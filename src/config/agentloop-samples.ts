import { type Problem, ToolError } from '../errors.ts';
import { connectionOf, credentialVariables } from '../systems/agentloop/connection.ts';
import { agentloopEnvironmentFields } from './agentloop-entry.ts';
import type { Environment } from './environment.ts';
import { type LocatedMap, type Path, placeAt, problemAt } from './located.ts';
import type { AgentloopDataset, AgentloopSpace } from './suite-config.ts';
import type { SuiteFile } from './suite-file.ts';

/** Where the environment may be put in. */
export const agentloopPaths: Path[] = agentloopEnvironmentFields.map((field) => ['samples', 'agentloop', field]);

/** A dataset with its credentials, or what is wrong with it. `unset`: variables that would help. */
export interface ResolvedDataset {
  dataset?: AgentloopDataset;
  secrets: { name: string; value: string }[];
  problem?: Problem;
  unset?: readonly string[];
}

interface Surroundings {
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
    const path = ['samples', 'agentloop'];
    const problem = problemAt(placeAt(root, path), path, { message: error.message, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) });
    return { secrets: [], problem, unset: credentialVariables[1].filter((name) => error.remedy?.includes(name)) };
  }
}

interface SpaceEntry {
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

import * as z from '../records/schema.ts';
import { regionPattern } from '../systems/agentloop/connection.ts';

const text = z.string().check(z.minLength(1));
const origin = z
  .string()
  .check(z.regex(/^https?:\/\/[^\s/?#@]+\/?$/, 'expected a scheme, a host and at most a port, such as https://cms.cloud.example'));
/** May be left out or set to null. */
const optional = <T extends z.ZodMiniType>(schema: T, about: string) => z.described(z.nullish(schema), about);

/** What names a space of AgentLoop, and who asks. */
export const agentloopFields = {
  workspace: optional(text.clone(), 'name of the workspace (API 2024-03-30)'),
  agentSpace: optional(text.clone(), 'instead of the workspace: name of the agent space (API 2026-05-20)'),
  region: optional(
    z.string().check(z.regex(regionPattern, 'expected the id of a region, such as cn-hangzhou')),
    'id of the region, such as cn-hangzhou, which decides the hosts',
  ),
  accessKeyId: optional(
    text.clone(),
    `as \${env:NAME}; default AGENTLOOP_AK, else ALIBABA_CLOUD_ACCESS_KEY_ID, of the environment or of a file .env in the working folder`,
  ),
  accessKeySecret: optional(text.clone(), `as \${env:NAME}; default AGENTLOOP_SK, else ALIBABA_CLOUD_ACCESS_KEY_SECRET, likewise`),
  endpoint: optional(origin.clone(), 'of the service, where it is not that of the region; scheme, host and port'),
};

/** Samples from a dataset of AgentLoop. */
export const AgentloopSamplesEntry = z
  .strictObject({
    ...agentloopFields,
    dataset: z.described(text.clone(), 'name of the dataset'),
    query: optional(text.clone(), 'a statement that is asked once, as it is; all its rows are taken, and maxRows does not count'),
    maxRows: optional(z.int().check(z.minimum(1), z.maximum(1_000_000)), 'rows at most, where there is no query; 1..1000000; default 1000'),
    groundTruthField: optional(
      z.string().check(z.regex(/^[\p{L}\p{N}_$][^{}\r\n]*$/u, 'expected the name of a column')),
      'column that holds the expected output; default: none',
    ),
  })
  .check(
    z.refine(({ workspace, agentSpace }) => (workspace == null) !== (agentSpace == null), 'expected exactly one of "workspace" and "agentSpace"'),
    z.refine(({ region, endpoint }) => region != null || endpoint != null, 'expected "region", such as cn-hangzhou'),
  );
export type AgentloopSamplesEntry = z.infer<typeof AgentloopSamplesEntry>;

/** Names of the fields that may hold `${env:NAME}`. */
export const agentloopEnvironmentFields = ['accessKeyId', 'accessKeySecret', 'endpoint'] as const;

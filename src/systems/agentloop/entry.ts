import * as z from '../../records/schema.ts';
import { regionPattern } from './connection.ts';

/** Text that is not empty. */
export const text = z.string().check(z.minLength(1));
/** Scheme, host and at most a port. */
export const origin = z
  .string()
  .check(z.regex(/^https?:\/\/[^\s/?#@]+\/?$/, 'expected a scheme, a host and at most a port, such as https://cms.cloud.example'));
/** A key that may be left out or set to null, described. */
export const optional = <T extends z.ZodMiniType>(schema: T, about: string) => z.described(z.nullish(schema), about);

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

/** Names of the fields that may hold `${env:NAME}`. */
export const agentloopEnvironmentFields = ['accessKeyId', 'accessKeySecret', 'endpoint', 'logEndpoint'] as const;

import { ToolError } from '../../errors.ts';
import type { ServiceApi } from './rows.ts';

/** Where the service and its log service are, and who asks. Holds secrets. */
export interface Connection {
  /** `cms.REGION.aliyuncs.com` for a workspace, `agentloop.REGION.aliyuncs.com` for an agent space. */
  serviceHost: string;
  /** `REGION.log.aliyuncs.com`; the project stands before it. */
  logHost: string;
  credentials: Credentials;
  /** Rows at most where no query is given; default 1000. */
  maxRows: number;
}

export interface Credentials {
  accessKeyId: string;
  accessKeySecret: string;
}

export interface ConnectionSettings {
  /** Default 2024-03-30. */
  api?: ServiceApi;
  /** Such as cn-hangzhou; decides the hosts. */
  region: string;
  accessKeyId?: string;
  accessKeySecret?: string;
  maxRows?: number;
  /** Environment variables, or those of a `.env` file. */
  env: Readonly<Record<string, string | undefined>>;
}

/** Variables that hold the credentials, in the order in which they are tried: both of a pair, or neither. */
export const credentialVariables = [
  ['AGENTLOOP_AK', 'AGENTLOOP_SK'],
  ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET'],
] as const;

/** A region id of Alibaba Cloud: it becomes a part of a host name. */
export const regionPattern = /^[a-z]{2}(-[a-z0-9]{1,20}){1,4}$/;

/**
 * The hosts and credentials of a region. Each credential is what is given, else AGENTLOOP_AK or _SK, else that of Alibaba Cloud.
 * @throws ToolError `agentloop-settings` for a missing credential, a region that is none, or rows below 1; nothing was asked by then.
 */
export function connectionOf({ api = '2024-03-30', region, env, maxRows = 1000, ...given }: ConnectionSettings): Connection {
  if (!regionPattern.test(region)) {
    throw settingsError(
      `"${region.slice(0, 80)}" is no region of Alibaba Cloud`,
      'write the id of the region, such as cn-hangzhou or ap-southeast-1',
    );
  }
  if (!Number.isInteger(maxRows) || maxRows < 1) throw settingsError(`maxRows is ${maxRows}`, 'write a whole number of at least 1, or leave it out');
  const [[newId, newSecret], [oldId, oldSecret]] = credentialVariables;
  const first = (...values: (string | undefined)[]) => values.map((value) => value?.trim()).find((value) => value) ?? '';
  const accessKeyId = first(given.accessKeyId, env[newId], env[oldId]);
  const accessKeySecret = first(given.accessKeySecret, env[newSecret], env[oldSecret]);
  const missing = [...(accessKeyId ? [] : [oldId]), ...(accessKeySecret ? [] : [oldSecret])];
  if (missing.length > 0) {
    const remedy = `set ${missing.join(' and ')}, in the environment or in a file .env of the working folder; never in the config itself`;
    throw settingsError(`there is no ${missing.length === 2 ? 'AccessKey' : accessKeyId ? 'AccessKey secret' : 'AccessKey ID'}`, remedy);
  }
  const serviceHost = `${api === '2026-05-20' ? 'agentloop' : 'cms'}.${region}.aliyuncs.com`;
  return { serviceHost, logHost: `${region}.log.aliyuncs.com`, credentials: { accessKeyId, accessKeySecret }, maxRows };
}

function settingsError(message: string, remedy: string): ToolError {
  return new ToolError({
    code: 'agentloop-settings',
    message: `AgentLoop: ${message}`,
    remedy,
    problems: [{ message: `AgentLoop: ${message}`, remedy }],
  });
}

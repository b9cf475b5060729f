import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SuiteConfig } from '../config/suite-config.ts';
import { messageOf, ToolError } from '../errors.ts';
import { readGit } from '../io/git.ts';
import { readRunIndex } from '../io/run-log-file.ts';
import type { FoundBaseline } from '../pipeline/ports.ts';
import { findGitHubBaseline } from './baseline.ts';
import { createGitHubClient, type GitHubClient } from './client.ts';
import { type GitHubEvent, readEvent } from './event.ts';
import { artifactNameOf, defaultArtifactPrefix } from './suite-slug.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The event that GITHUB_EVENT_PATH holds. @throws ToolError `event-invalid` for a file that is missing or malformed. */
export async function readEventFromEnvironment(env: Environment): Promise<GitHubEvent> {
  const checkedOutSha = readGit(env.GITHUB_WORKSPACE || '.')?.sha;
  return readEvent({ env, payload: await readPayload(env.GITHUB_EVENT_PATH), ...(checkedOutSha === undefined ? {} : { checkedOutSha }) });
}

/** For a shell step with GITHUB_TOKEN: the same search as the action's. @throws ToolError */
export async function findBaselineFromEnvironment(config: SuiteConfig, env: Environment): Promise<FoundBaseline> {
  const event = await readEventFromEnvironment(env);
  const client = createGitHubClient({ token: env.GITHUB_TOKEN ?? '', apiUrl: event.apiUrl, owner: event.owner, repo: event.repo });
  return findBaselineForSuite({ client, event, config, artifactName: artifactNameOf(defaultArtifactPrefix, config.suite) });
}

/** Searches for `auto`, `release`, `run` and `sha`; downloads go to a private folder in `tmpRoot`. @throws ToolError */
export async function findBaselineForSuite(search: {
  client: GitHubClient;
  event: GitHubEvent;
  config: SuiteConfig;
  artifactName: string;
  tmpRoot?: string;
}): Promise<FoundBaseline> {
  const { client, event, config, artifactName } = search;
  const wanted = config.baseline;
  if (wanted.kind === 'path' || wanted.kind === 'none' || wanted.kind === 'agent')
    throw new Error(`baseline ${wanted.kind} is not searched for on GitHub`);
  const tmpDir = await mkdtemp(join(search.tmpRoot || tmpdir(), 'agent-regress-'));
  return findGitHubBaseline({ client, event, wanted, suite: config.suite, artifactName, tmpDir, readRunIndex });
}

/** The payload of the event. @throws ToolError `event-invalid` for a file that is missing or malformed. */
export async function readPayload(path: string | undefined): Promise<unknown> {
  const invalid = (why: string) =>
    new ToolError({
      code: 'event-invalid',
      message: `the workflow event cannot be read: ${why}`,
      remedy: 'run inside a GitHub workflow, or use the command line outside of one',
    });
  if (!path) throw invalid('GITHUB_EVENT_PATH is not set');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw invalid(messageOf(error));
  }
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(`${path} is not JSON`);
  }
}

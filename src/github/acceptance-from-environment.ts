import type { FoundAcceptance } from '../pipeline/ports.ts';
import type { Assessment } from '../records/assessment.ts';
import { findAcceptance } from './acceptance.ts';
import { readEventFromEnvironment } from './baseline-from-environment.ts';
import { createGitHubClient } from './client.ts';
import { suiteSlug } from './suite-slug.ts';

/** For a shell step with GITHUB_TOKEN: the same look-up as the action's. @throws ToolError, PublishError */
export async function findAcceptanceFromEnvironment(
  assessment: Assessment,
  from: { env: Readonly<Record<string, string | undefined>>; acceptLabel: string; signal: AbortSignal },
): Promise<FoundAcceptance | undefined> {
  const { env, acceptLabel, signal } = from;
  const event = await readEventFromEnvironment(env);
  // What can be accepted is a report, and there was none.
  if (event.pullRequest?.hadNoComments) return undefined;
  const client = createGitHubClient({ token: env.GITHUB_TOKEN ?? '', apiUrl: event.apiUrl, owner: event.owner, repo: event.repo, signal });
  return findAcceptance({ client, event, suite: suiteSlug(assessment.suite), assessment, acceptLabel });
}

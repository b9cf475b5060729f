import * as z from '../records/schema.ts';
import type { GitHubEvent } from './event.ts';

/** An address that GitHub gives for people: of the web, on one line, or it is left out. It ends in outputs and links. */
export const WebUrl = z.catch(z.optional(z.string().check(z.regex(/^https?:\/\/[^\s\p{Cc}"'<>`\\]{1,2000}$/u))), undefined);

/** The page of a workflow run of the repository of an event. */
export function runUrlOf({ serverUrl, owner, repo }: Pick<GitHubEvent, 'serverUrl' | 'owner' | 'repo'>, runId: number | string): string {
  return `${serverUrl}/${owner}/${repo}/actions/runs/${runId}`;
}

import * as z from '../records/schema.ts';
import { byteLength, clampBytes } from './clamp.ts';
import type { GitHubClient } from './client.ts';
import type { CommentMarker } from './comment-marker.ts';
import type { PublishResult } from './publish-result.ts';
import { WebUrl } from './web-url.ts';

const CheckRun = z.looseObject({
  id: z.int(),
  html_url: WebUrl,
  external_id: z.nullish(z.string()),
  conclusion: z.nullish(z.string()),
  output: z.optional(z.looseObject({ title: z.nullish(z.string()), summary: z.nullish(z.string()) })),
});

const maxSummaryBytes = 65_535;
const needs = 'checks: write';

/**
 * Turns the red check run of a report grey and puts the note on top of its report, which it keeps. Found by what the run
 * that made it wrote into it, so that no other one is touched. @throws PublishError
 */
export async function acceptCheck(
  client: GitHubClient,
  input: { marker: CommentMarker; by: string /** Markdown. */; note: string },
): Promise<PublishResult> {
  const { marker, by, note } = input;
  const externalId = `${marker.runId}-${marker.attempt}-${marker.suite}`;
  const listed = await client.list(`commits/${marker.sha}/check-runs`, { filter: 'all' }, { needs, maxPages: 5, key: 'check_runs' });
  const check = listed.map((entry) => CheckRun.safeParse(entry).data).find((run) => run?.external_id === externalId);
  if (!check) return { kind: 'skipped', reason: 'this report has no check run of its own; re-run its job, which then passes' };
  const url = check.html_url ? { url: check.html_url } : {};
  if (check.conclusion !== 'failure') return { kind: 'published', note: 'unchanged', ...url };
  const head = `${note}\n\n`;
  const summary = clampBytes(check.output?.summary ?? '', maxSummaryBytes - byteLength(head), '\n\nCut to fit.');
  const title = clampBytes(`Accepted by ${by}: ${check.output?.title ?? 'regression'}`, 255);
  const body = { status: 'completed', conclusion: 'neutral', completed_at: new Date().toISOString(), output: { title, summary: head + summary } };
  await client.update(`check-runs/${check.id}`, body, { needs });
  return { kind: 'published', note: 'accepted', ...url };
}

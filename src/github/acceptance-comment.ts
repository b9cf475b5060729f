import * as z from '../records/schema.ts';
import { withAcceptanceLine } from './acceptance-line.ts';
import { byteLength } from './clamp.ts';
import type { GitHubClient } from './client.ts';
import type { OwnReport } from './own-reports.ts';
import { readReply } from './publish-error.ts';

const Comment = z.looseObject({ body: z.nullish(z.string()) });
const maxBodyBytes = 65_536;

/**
 * Writes an acceptance into the report that was read; false when the report is another one by now. `line` is hidden, `note`
 * is markdown. A report that gets too long loses its last paragraphs. @throws PublishError
 */
export async function writeAcceptance(client: GitHubClient, report: OwnReport, text: { line: string; note: string }): Promise<boolean> {
  const path = `issues/comments/${report.comment.id}`;
  const reply = await client.get(path, {}, { needs: 'pull-requests: read' });
  const current = readReply(Comment, reply, { method: 'GET', path }).body ?? '';
  if (current !== (report.comment.body ?? '')) return false;
  await client.update(path, { body: fitted(withAcceptanceLine(current, text.line, text.note)) }, { needs: 'pull-requests: write' });
  return true;
}

function fitted(body: string): string {
  const note = '\n\nCut to fit.';
  let text = body;
  while (byteLength(text) > maxBodyBytes - (text === body ? 0 : byteLength(note))) text = text.slice(0, Math.max(0, text.lastIndexOf('\n\n')));
  return text === body ? body : text + note;
}

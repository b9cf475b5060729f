import { Acceptance, maxReasonCharacters } from '../records/acceptance.ts';
import type { Assessment } from '../records/assessment.ts';
import * as z from '../records/schema.ts';
import { byteLength } from './clamp.ts';

/**
 * The hidden line of a report comment, after its marker: whether what it tells can be accepted, or who has accepted it.
 * A report without it has nothing to accept: it is green, incomplete, or breaks a demand of the policy.
 */
export type AcceptanceLine = { kind: 'open' } | { kind: 'accepted'; record: StoredAcceptance };

/** What a comment keeps of an acceptance: all that is needed to look again whether it still holds. */
export const StoredAcceptance = z.extend(Acceptance, { v: z.literal(1) });
export type StoredAcceptance = z.infer<typeof StoredAcceptance>;

const openLine = '<!-- agent-regress:acceptance v1 open -->';

/** The hidden line. Its text is base64url, so that nothing in a reason can end it. */
export function renderAcceptanceLine(line: AcceptanceLine): string {
  if (line.kind === 'open') return openLine;
  // Named one by one: the same record is always the same text, and holds nothing else.
  const { v, by, reason, sha, at, via, commentId, label } = line.record;
  const text = JSON.stringify({ v, by, reason, sha, at, via, commentId, label });
  return `<!-- agent-regress:acceptance v1 ${Buffer.from(text).toString('base64url')} -->`;
}

/** Reads the second line of a comment body; anything but exactly what `renderAcceptanceLine` writes is none. */
export function parseAcceptanceLine(body: string): AcceptanceLine | undefined {
  const line = body.split(/\r?\n/, 2)[1] ?? '';
  if (line === openLine) return { kind: 'open' };
  const text = /^<!-- agent-regress:acceptance v1 ([A-Za-z0-9_-]{1,6000}) -->$/.exec(line)?.[1];
  const parsed = text === undefined ? undefined : StoredAcceptance.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')));
  if (!parsed?.success) return undefined;
  const isLong = [...parsed.data.reason].length > maxReasonCharacters;
  return isLong ? undefined : { kind: 'accepted', record: parsed.data };
}

/** The body with this line as its second one, in the place of the one that it had. */
export function withAcceptanceLine(body: string, line: string, visible = ''): string {
  const [marker = '', ...rest] = body.split(/\r?\n/);
  const text = parseAcceptanceLine(body) === undefined ? rest : rest.slice(1);
  return [marker, line, ...(visible === '' ? [] : [visible, '']), ...text].join('\n');
}

/** The text of a report comment with its hidden line on top, of at most so many bytes. */
export function renderAcceptable(assessment: Assessment, maxBytes: number, render: (maxBytes: number) => string): string {
  const line = lineOf(assessment);
  if (line === undefined) return render(maxBytes);
  const head = `${renderAcceptanceLine(line)}\n`;
  return head + render(maxBytes - byteLength(head));
}

/**
 * The text of a report comment that takes the place of an earlier one: where it names no acceptance itself, as a green one
 * or one that could not look it up, it keeps that of this very commit. `isVoid`: that one was looked at, and does not hold.
 */
export function keepAcceptanceLine(input: {
  previous: string;
  sha: string;
  isVoid?: boolean | undefined;
  maxBytes: number;
  render: (maxBytes: number) => string;
}): string {
  const { previous, sha, isVoid = false, maxBytes, render } = input;
  const line = parseAcceptanceLine(previous);
  const text = render(maxBytes);
  const own = parseAcceptanceLine(`\n${text}`);
  const isSilent = own === undefined || (own.kind === 'open' && !isVoid);
  if (line?.kind !== 'accepted' || line.record.sha !== sha || !isSilent) return text;
  const head = `${renderAcceptanceLine(line)}\n`;
  const shorter = render(maxBytes - byteLength(head));
  return head + (own ? shorter.slice(shorter.indexOf('\n') + 1) : shorter);
}

function lineOf({ acceptance, verdict }: Assessment): AcceptanceLine | undefined {
  const stored = acceptance === undefined ? undefined : StoredAcceptance.safeParse({ ...acceptance, v: 1 }).data;
  if (stored) return { kind: 'accepted', record: stored };
  return verdict.acceptedExitCode === 0 ? { kind: 'open' } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

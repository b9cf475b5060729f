import type { VerdictStatus } from '../records/assessment.ts';
import * as z from '../records/schema.ts';
import { keepAcceptanceLine } from './acceptance-line.ts';
import { byteLength, clampBytes } from './clamp.ts';
import type { GitHubClient } from './client.ts';
import { type CommentMarker, compareRuns, renderMarker } from './comment-marker.ts';
import { isInvented } from './invented-marker.ts';
import { Comment, listOwnReports, type OwnReport, splitNewest } from './own-reports.ts';
import { PublishError, readReply } from './publish-error.ts';
import type { PublishResult } from './publish-result.ts';

export { type CommentMarker, parseMarker, renderMarker } from './comment-marker.ts';

/** When a report is commented; see the input `comment`. */
export const commentModes = ['always', 'changes', 'regressions', 'failures', 'off'] as const;
export type CommentMode = (typeof commentModes)[number];

export interface CommentRequest {
  client: GitHubClient;
  pullNumber: number;
  marker: CommentMarker;
  mode: CommentMode;
  verdict: { status: VerdictStatus; isFailure: boolean };
  /** Text of at most so many UTF-8 bytes; the marker is put before it. */
  render: (maxBytes: number) => string;
  /** The acceptance of this commit was looked at and does not hold: it is not kept. */
  isAcceptanceVoid?: boolean;
  known?: KnownFacts;
  /** Whether another run may be about to report here, apart from this one; absent: none does. */
  isAnyoneElseAtWork?: (reported: CommentMarker) => Promise<boolean>;
}

/** What is known of the pull request without asking; each fact saves a request. */
export interface KnownFacts {
  /** When GitHub said that the pull request is open and has our head, by `performance.now()`. */
  headSeenAt?: number;
  /** It had no comment at all when this run was triggered. */
  hadNoComments?: boolean;
  /** Its head before ours, when this is the one run that the push of our head has started. */
  previousSha?: string;
  /** Our reports as they were read a moment ago. */
  seen?: SeenReports;
}

export interface SeenReports {
  reports: readonly OwnReport[];
  /** By `performance.now()`. */
  at: number;
}

/** GitHub counts 65,536 characters; bytes are never fewer. */
const maxBodyBytes = 65_536;
const needs = 'pull-requests: write';
/** Rounds of look and write, until nothing is left to do. */
const maxRounds = 6;
/** Milliseconds for which the head that was seen counts: less than any newer run takes from its push to its report. */
const headHoldsMs = 5000;

/** Milliseconds for which reports that were read count. */
const seenHoldsMs = 20_000;

const PullRequest = z.looseObject({ state: z.string(), head: z.looseObject({ sha: z.string() }) });

/**
 * Leaves exactly one comment per suite that speaks for the newest run. An existing comment is always brought up to
 * date, in every mode but `off`, so that no old alarm remains.
 *
 * GitHub has no conditional write, so a run that read the comment before a newer one wrote could still write after it.
 * A comment is therefore changed in place only when nobody else can be about to change it; otherwise the report is
 * posted anew and the older ones are deleted: what is late then writes to a comment that is gone, looks again and
 * finds the newer one. @throws PublishError
 */
export async function publishComment(request: CommentRequest): Promise<PublishResult> {
  const { mode, marker, verdict, known = {} } = request;
  if (mode === 'off') return { kind: 'skipped', reason: 'comment: off' };
  const write = createWriter(request);
  let doubt: unknown;
  for (let round = 1; round <= maxRounds; round++) {
    const isNew = round === 1 && known.hadNoComments === true && isWanted(mode, verdict);
    const list = async () => (round === 1 && reportsStillGood(request)) || (await listOwnReports(request.client, request.pullNumber, marker.suite));
    const { newest, rest } = splitNewest(isNew ? [] : await withoutInvented(request, write.withCreated(await list())));
    const order = newest ? compareRuns(newest.marker, marker) : -1;
    for (const older of rest) await removeQuietly(request.client, older.comment.id);
    if (newest && order > 0) return { kind: 'skipped', reason: 'a newer run has already reported on this pull request' };
    if (newest && isUpToDate(request, newest)) return { kind: 'published', note: write.note(), ...urlOf(newest.comment) };
    if (!newest && !isWanted(mode, verdict)) return { kind: 'skipped', reason: `comment: ${mode}, and the verdict is ${verdict.status}` };
    const blocked = await write.blocked();
    if (blocked) return { kind: 'skipped', reason: blocked };
    try {
      const isInPlace = newest && (order === 0 || (await isLeftAlone(request, newest)));
      const updated = isInPlace ? await write.update(newest, round) : await write.create(newest, round);
      if (updated) return { kind: 'published', note: 'updated', ...urlOf(updated) };
      doubt = undefined;
    } catch (error) {
      if (!(error instanceof PublishError) || !(error.isAmbiguous || error.mayTryAgain)) throw error;
      doubt = error;
    }
  }
  throw doubt ?? new PublishError({ code: 'comment-contested', message: 'other runs kept changing the comment', remedy: 're-run the job' });
}

/**
 * What was read a moment ago serves for the first look: a comment that was replaced since is gone, and then we look again. Not
 * where a report is of our own commit, as somebody may have accepted that since, and not where there was none.
 */
function reportsStillGood({ known = {}, marker }: CommentRequest): readonly OwnReport[] | undefined {
  const { reports = [], at = 0 } = known.seen ?? {};
  const isGood = reports.length > 0 && performance.now() - at < seenHoldsMs && reports.every((report) => report.marker.sha !== marker.sha);
  return isGood ? reports : undefined;
}

/** Only what claims to be newer than ours is asked about. */
async function withoutInvented({ client, marker }: CommentRequest, reports: readonly OwnReport[]): Promise<OwnReport[]> {
  const real: OwnReport[] = [];
  for (const report of reports) if (compareRuns(report.marker, marker) <= 0 || !(await isInvented(client, report.marker))) real.push(report);
  return real;
}

/** Whether a first comment is worth a notification. */
export function isWanted(mode: CommentMode, verdict: CommentRequest['verdict']): boolean {
  switch (mode) {
    case 'always':
      return true;
    case 'changes':
      return verdict.isFailure || verdict.status === 'regressed' || verdict.status === 'improved';
    case 'regressions':
      return verdict.status === 'regressed';
    case 'failures':
      return verdict.isFailure;
    case 'off':
      return false;
  }
}

/** Nobody can be about to write to this comment: it speaks for the run before ours, or no other run is at work. */
async function isLeftAlone({ known = {}, isAnyoneElseAtWork }: CommentRequest, { marker }: OwnReport): Promise<boolean> {
  if (known.previousSha === marker.sha) return true;
  return isAnyoneElseAtWork === undefined || !(await isAnyoneElseAtWork(marker));
}

interface Writer {
  /** Why this pull request may not be written to. */
  blocked(): Promise<string | undefined>;
  /** Posts a comment that is to take the place of an older one; others may have posted too, so look afterwards. */
  create(older: OwnReport | undefined, round: number): Promise<undefined>;
  /** A list may lag: what was posted is in it, whatever GitHub says. */
  withCreated(listed: readonly OwnReport[]): OwnReport[];
  /** Changes a comment in place; undefined: it is gone. */
  update(report: OwnReport, round: number): Promise<Comment | undefined>;
  /** What was done so that the comment says what it should. */
  note(): 'created' | 'updated' | 'unchanged';
}

function createWriter(request: CommentRequest): Writer {
  const { client, pullNumber, marker, known } = request;
  const call = (attempt: number) => ({ needs, isSentOnce: true, attempt });
  let headSeenAt = known?.headSeenAt ?? Number.NEGATIVE_INFINITY;
  let tried: 'created' | 'updated' | 'unchanged' = 'unchanged';
  let created: OwnReport | undefined;
  return {
    note: () => tried,
    withCreated: (listed) => (created && !listed.some(({ comment }) => comment.id === created?.comment.id) ? [...listed, created] : [...listed]),
    async blocked() {
      if (performance.now() - headSeenAt < headHoldsMs) return undefined;
      const path = `pulls/${pullNumber}`;
      const pull = readReply(PullRequest, await client.get(path, {}, { needs: 'pull-requests: read' }), { method: 'GET', path });
      headSeenAt = performance.now();
      if (pull.state !== 'open') return `pull request #${pullNumber} is ${pull.state === 'closed' ? 'closed' : 'not open'}`;
      if (pull.head.sha !== marker.sha) return `pull request #${pullNumber} has moved on to another commit`;
      return undefined;
    },
    async create(older, round) {
      tried = older ? 'updated' : 'created';
      const path = `issues/${pullNumber}/comments`;
      const comment = readReply(Comment, await client.create(path, { body: bodyOf(request, older) }, call(round)), { method: 'POST', path });
      created = { comment, marker };
      return undefined;
    },
    async update(report, round) {
      tried = 'updated';
      const path = `issues/comments/${report.comment.id}`;
      try {
        return readReply(Comment, await client.update(path, { body: bodyOf(request, report) }, call(round)), { method: 'PATCH', path });
      } catch (error) {
        if (error instanceof PublishError && error.status === 404) return undefined;
        throw error;
      }
    },
  };
}

function bodyOf(request: CommentRequest, older?: OwnReport): string {
  const head = `${renderMarker(request.marker)}\n`;
  const room = maxBodyBytes - byteLength(head);
  const { marker, isAcceptanceVoid: isVoid, render } = request;
  const text = keepAcceptanceLine({ previous: older?.comment.body ?? '', sha: marker.sha, isVoid, maxBytes: room, render });
  return head + clampBytes(text, room);
}

function isUpToDate(request: CommentRequest, report: OwnReport): boolean {
  return compareRuns(report.marker, request.marker) === 0 && normalize(report.comment.body ?? '') === normalize(bodyOf(request, report));
}

function urlOf({ html_url }: Comment): { url?: string } {
  return html_url === undefined ? {} : { url: html_url };
}

async function removeQuietly(client: GitHubClient, id: number): Promise<void> {
  try {
    await client.remove(`issues/comments/${id}`, { needs });
  } catch (error) {
    if (!(error instanceof PublishError) || error.status !== 404) throw error;
  }
}

function normalize(body: string): string {
  return body.replace(/\r\n/g, '\n').trimEnd();
}

import { joinHistory } from '../compare/history.ts';
import type { FoundBaseline } from '../pipeline/ports.ts';
import type { BaselineAbsence, BaselineInfo, BaselineKind } from '../records/assessment.ts';
import { type Hunt, isOfMainLine, ownArtifacts } from './baseline-hunt.ts';
import type { Accepted, Rejected } from './baseline-trial.ts';
import type { StoredArtifact } from './stored-runs.ts';
import { runUrlOf } from './web-url.ts';

const hourMs = 3_600_000;
/** A baseline that expires sooner is worth a warning, unless all artifacts live about as short. */
const expiryWarningMs = 7 * 24 * hourMs;

/** What is said about the runs that were found. `ahead`: commits between a run that is no known ancestor and the one to compare with. */
export function describeFound(
  hunt: Hunt,
  accepted: readonly [Accepted, ...Accepted[]],
  options: { now: number; ahead?: number | undefined; release?: string },
): FoundBaseline {
  const { event } = hunt.trial;
  const { now, ahead, release } = options;
  const { run, kind, isOtherBranch, distance = ahead } = accepted[0];
  const startedAt = Date.parse(run.run_started_at ?? run.created_at ?? '');
  const warning = expiryWarning(
    accepted.map(({ artifact }) => artifact),
    now,
  );
  const notes = [...notesOf(hunt), ...accepted.flatMap(({ historyNotes }) => historyNotes), ...(warning === undefined ? [] : [warning.text])];
  const info: BaselineInfo = {
    kind,
    reason: run.event === 'schedule' && event.kind === 'schedule' ? 'the last nightly runs of this workflow' : reasons[kind],
    sha: run.head_sha,
    runs: accepted.length,
    url: runUrlOf(event, run.id),
    event: run.event,
    ...(run.head_branch ? { ref: run.head_branch } : {}),
    ...(distance === undefined ? {} : { distance }),
    ...(Number.isFinite(startedAt) ? { ageHours: Math.max(0, (now - startedAt) / hourMs) } : {}),
    ...(warning === undefined ? {} : { expiresInHours: warning.hours }),
    ...(run.head_sha === event.sha && !event.pullRequest ? { isSameCommit: true } : {}),
    ...(isOtherBranch ? { isOtherBranch: true } : {}),
    ...(release === undefined ? {} : { release }),
    ...(notes.length > 0 ? { notes } : {}),
  };
  return {
    info,
    runLogs: accepted.map(({ path }) => path),
    history: joinHistory(accepted.map(({ history }) => history)),
    ...(warning === undefined ? {} : { warnings: [warning.text] }),
  };
}

const reasons: Record<BaselineKind, string> = {
  path: 'named files',
  agent: 'a second agent',
  exact: 'a run of exactly the commit to compare with',
  ancestor: 'the nearest ancestor with a run',
  'base-tip': 'the newest run of the base branch: no ancestor has one',
  'default-tip': 'the newest run of the default branch',
  none: 'none',
};

/** Of several pooled runs the one that lasts longest counts: when it goes, there is no baseline. */
function expiryWarning(artifacts: readonly StoredArtifact[], now: number): { text: string; hours: number } | undefined {
  const ends = artifacts.map(({ expires_at, created_at }) => ({ at: Date.parse(expires_at ?? ''), from: Date.parse(created_at ?? '') }));
  const last = ends.reduce((a, b) => (b.at > a.at || Number.isNaN(a.at) ? b : a), { at: Number.NaN, from: Number.NaN });
  const left = last.at - now;
  const isShortLived = left > (last.at - last.from) / 2;
  if (!(left <= expiryWarningMs) || isShortLived) return undefined;
  const hours = Math.max(0, left / hourMs);
  const days = Math.ceil(hours / 24);
  const text = `the baseline expires in ${count(days, 'day')}, and no newer run is stored: run the workflow on the base branch, or raise retention-days`;
  return { text, hours };
}

/** There is no baseline, and why. */
export function noBaseline(reason: string, absence: BaselineAbsence, notes: readonly string[] = []): FoundBaseline {
  const isUnreadable = ['no-permission', 'unreachable', 'unreadable'].includes(absence) ? { isUnreadable: true } : {};
  return { info: { kind: 'none', reason, absence, runs: 0, ...isUnreadable, ...(notes.length > 0 ? { notes: [...notes] } : {}) }, runLogs: [] };
}

/** Why a search has found nothing: said apart for a first run, for what has expired, and for what cannot be used. */
export function nothingFound(hunt: Hunt, cut: { commits: number } | undefined): FoundBaseline {
  const { artifacts, rejected, trial } = hunt;
  const { own, foreign } = ownArtifacts(hunt);
  const name = `"${artifacts.name}"`;
  const notes = [...notesOf(hunt), ...cutNotes(hunt, cut)];
  const isCut = notes.length > notesOf(hunt).length;
  const none = (reason: string, absence: BaselineAbsence) => noBaseline(isCut ? `${reason}; ${notes.at(-1)}` : reason, absence, notes);
  if (rejected.length > 0) {
    return none(`${count(rejected.length, 'stored run')} of ${name}, none of them usable: ${whys(rejected)}`, absenceOf(rejected));
  }
  const ofMain = own.filter((artifact) => isOfMainLine(hunt, artifact));
  const relevant = ofMain.length > 0 ? ofMain : own;
  if (relevant.length > 0 && relevant.every(({ expired }) => expired)) {
    const remedy = 'run the workflow on the base branch, and raise retention-days';
    return none(`expired: ${count(relevant.length, 'stored run')} of ${name} found, all expired; ${remedy}`, 'expired');
  }
  if (own.length > 0) {
    const branch = trial.event.baselineTarget.branch;
    return none(
      `${isCut ? 'not found' : 'first run'}: ${count(own.length, 'run')} of other branches stored ${name}, none of ${JSON.stringify(branch)}; its next run becomes the baseline`,
      isCut ? 'not-found' : 'first-run',
    );
  }
  if (foreign > 0) return none(`first run: the only artifacts ${name} were made by forks`, 'first-run');
  return none(`first run: no earlier run has stored ${name}; the next run of the base branch becomes the baseline`, 'first-run');
}

function absenceOf(rejected: readonly Rejected[]): BaselineAbsence {
  const has = (...sorts: Rejected['sort'][]) => rejected.some(({ sort }) => sorts.includes(sort));
  if (has('unreadable')) return 'unreadable';
  if (has('unfinished')) return 'unfinished';
  return rejected.every(({ sort }) => sort === 'gone') ? 'expired' : 'untrusted';
}

function whys(rejected: readonly Rejected[]): string {
  const told = rejected.slice(0, 3).map(({ why }) => why);
  return `${told.join('; ')}${rejected.length > told.length ? `; and ${rejected.length - told.length} more` : ''}`;
}

function notesOf(hunt: Hunt): string[] {
  const { notes, rejected, elsewhere, trial } = hunt;
  const { foreign } = ownArtifacts(hunt);
  return [
    ...(foreign > 0 ? [`${count(foreign, 'artifact')} of forks left out`] : []),
    ...notes,
    ...rejected.map(({ why }) => why),
    ...(elsewhere.length > 0 ? [`${count(elsewhere.length, 'stored run')} left out: not of this workflow file (${trial.event.workflowPath})`] : []),
  ];
}

/** A search that stopped at a limit says so: there may be one further back. */
function cutNotes({ artifacts }: Hunt, cut: { commits: number } | undefined): string[] {
  return [
    ...(cut ? [`only the nearest ${cut.commits} ancestors were looked at`] : []),
    ...(artifacts.isCut ? [`only the newest ${artifacts.known.length} artifacts of this name were looked at`] : []),
  ];
}

/** `1 day`, `3 days`. */
function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

import { type HistoryState, historyState, type Incident, isBack } from '../compare/incident.ts';
import { byteLength } from '../github/clamp.ts';
import {
  commentOnIssue,
  createIssue,
  findOwnIssues,
  type IssueMarker,
  maxIssueBytes,
  type OwnIssue,
  renderIssueMarker,
  updateIssue,
} from '../github/issue.ts';
import type { PublishResult } from '../github/publish-result.ts';
import { suiteSlug } from '../github/suite-slug.ts';
import { readSuspects } from '../github/suspects.ts';
import type { HistoryRow } from '../records/history.ts';
import { againText, type IssueStory, issueText, issueTitle, recoveredText, reportOfIssue } from '../reporters/parts/history-issue.ts';
import type { ReportView } from '../reporters/parts/view.ts';
import { reporters } from '../reporters/registry.ts';
import type { RunContext } from './run-context.ts';
import { whyReadOnly } from './suite-check.ts';

/** A drop so soon after the last one was made good belongs to the same issue. */
const sameIssueMs = 7 * 24 * 3_600_000;

/** One run, and how the suite stands with it. */
interface Night {
  context: RunContext;
  view: ReportView;
  own: HistoryRow;
  rows: readonly HistoryRow[];
  state: HistoryState;
  issues: readonly OwnIssue[];
}

/**
 * Keeps the one issue of a suite: opened by a run that is judged worse, brought up to date while the drop lasts, closed when it is
 * made good. It never decides the exit code. `history`: rows up to this run, oldest first. @throws PublishError
 */
export async function writeIssue(context: RunContext, view: ReportView, history: readonly HistoryRow[]): Promise<PublishResult> {
  const own = history.find(({ at }) => at === view.assessment.run.startedAt);
  const unwanted = whyUnwanted(context, view, own);
  if (unwanted !== undefined || !own) return { kind: 'skipped', reason: unwanted ?? 'the run has no row in the history' };
  const rows = history.slice(0, history.indexOf(own) + 1);
  const issues = await findOwnIssues(context.writer(), suiteSlug(view.suite));
  const night: Night = { context, view, own, rows, state: historyState(rows), issues };
  const { event } = context;
  const [newest] = issues;
  if (newest && (newest.marker.runId - event.runId || newest.marker.attempt - event.runAttempt) > 0)
    return { kind: 'skipped', reason: 'a newer run has already written the issue' };
  const open = issues.find(({ isOpen }) => isOpen);
  const isWorse = own.verdict === 'regressed' && own.accepted !== true;
  if (isWorse || night.state.kind === 'bad') return raise(night, { open, isWorse });
  return open ? settle(night, open) : { kind: 'skipped', reason: 'the suite is not worse, and no issue is open' };
}

function whyUnwanted(context: RunContext, { isPartial }: ReportView, own: HistoryRow | undefined): string | undefined {
  const { event, signal } = context;
  if (!['schedule', 'push', 'workflow_dispatch'].includes(event.kind)) return `${event.name} opens no issue`;
  if (event.ref !== `refs/heads/${event.defaultBranch}`) return 'only the default branch opens issues';
  const readOnly = whyReadOnly(context);
  if (readOnly) return readOnly;
  if (isPartial || signal.aborted) return 'the run did not finish, so it says nothing';
  return own?.passRate === undefined ? 'nothing was measured' : undefined;
}

/** The drop is there: open, reopen or bring up to date. */
async function raise(night: Night, { open, isWorse }: { open: OwnIssue | undefined; isWorse: boolean }): Promise<PublishResult> {
  const { context, own, issues } = night;
  const incident = incidentOf(night);
  const first = incident.bad[0] ?? own;
  const closed = issues.find(({ isOpen }) => !isOpen);
  const client = context.writer();
  if (open) {
    // An issue that was opened by an earlier drop goes on: the worse of two is still one thing to mend.
    const marker = { ...markerOf(night, incident, first), since: open.marker.since, ...levelOf(open.marker, incident) };
    const story = await storyOf(night, incident, first);
    await updateIssue(client, open.number, textOf(night, { story, marker, previous: isWorse ? undefined : open }));
    return published(open, 'updated');
  }
  const marker = markerOf(night, incident, first);
  if (!isWorse && closed && closed.marker.since === first.runId)
    return { kind: 'skipped', reason: `issue #${closed.number} about this drop was closed by hand` };
  const story = await storyOf(night, incident, first);
  const text = textOf(night, { story, marker });
  if (closed && closed.closedAt !== undefined && Date.now() - closed.closedAt < sameIssueMs) {
    await updateIssue(client, closed.number, text, 'open');
    await commentOnIssue(client, closed.number, againText(story, own));
    return published(closed, 'reopened');
  }
  return published(await createIssue(client, text, marker), 'created');
}

/** The drop is not there, as far as the history tells; where it tells nothing, the issue itself remembers the levels. */
async function settle(night: Night, open: OwnIssue): Promise<PublishResult> {
  const { context, own, rows, state } = night;
  const { good, lowestGood, bad } = open.marker;
  const level = {
    ...(good === undefined ? {} : { good }),
    ...(lowestGood === undefined ? {} : { lowestGood }),
    ...(bad === undefined ? {} : { bad }),
  };
  const remembered: Incident = { bad: rows.filter(({ runId }) => runId === open.marker.since), level };
  const incident = state.kind === 'recovered' ? state.incident : remembered;
  const isKnown = state.kind === 'recovered' || remembered.bad.length > 0;
  const isOver = isKnown || own.accepted === true || isBack(own, remembered);
  const first = incident.bad[0];
  const found = await storyOf(night, incident, first);
  const marker = { ...open.marker, runId: context.event.runId, attempt: context.event.runAttempt };
  const story: IssueStory = isOver ? { ...found, recoveredBy: own } : found;
  const text = textOf(night, { story, marker, previous: open });
  await updateIssue(context.writer(), open.number, text, isOver ? 'closed' : undefined);
  if (!isOver) return published(open, 'updated');
  // Closed first: a comment that fails is not worth an issue that stays open.
  const how = own.accepted === true || (state.kind === 'recovered' && state.how === 'accepted') ? 'accepted' : 'back';
  await commentOnIssue(context.writer(), open.number, recoveredText(story, how));
  return published(open, 'closed');
}

function incidentOf({ state, own }: Night): Incident {
  return state.kind === 'bad' ? state.incident : { bad: [own], level: {} };
}

async function storyOf({ context, view }: Night, incident: Incident, first: HistoryRow | undefined): Promise<IssueStory> {
  const { serverUrl, owner, repo } = context.event;
  const { lastGood } = incident;
  const before = lastGood?.sha ?? (first?.at === view.assessment.run.startedAt ? view.assessment.baseline.sha : undefined);
  return {
    suite: view.suite,
    badRuns: incident.bad.length,
    suspects: await readSuspects(context.writer(), before, first?.sha),
    repositoryUrl: `${serverUrl}/${owner}/${repo}`,
    ...(first ? { firstBad: first } : {}),
    ...(lastGood ? { lastGood } : {}),
    ...(view.history ? { history: view.history } : {}),
  };
}

function markerOf({ context, view }: Night, { level }: Incident, first: HistoryRow): IssueMarker {
  const { runId, runAttempt: attempt } = context.event;
  return { suite: suiteSlug(view.suite), since: first.runId, runId, attempt, ...level };
}

/** What an issue remembers of the good level is older, and truer, than what a shorter history tells. */
function levelOf({ good, lowestGood }: IssueMarker, { level }: Incident): Incident['level'] {
  return { ...level, ...(good === undefined ? {} : { good }), ...(lowestGood === undefined ? {} : { lowestGood }) };
}

/** The report of the run that was judged worse stays on top: those after it compare with the bad level and tell little. */
function textOf({ view }: Night, { story, marker, previous }: { story: IssueStory; marker: IssueMarker; previous?: OwnIssue | undefined }) {
  const head = `${renderIssueMarker(marker)}\n`;
  const report = (maxBytes: number): string => {
    const kept = previous ? reportOfIssue(previous.body) : '';
    if (kept !== '' && byteLength(kept) <= maxBytes) return kept;
    return reporters.get('comment').render(view, { maxBytes });
  };
  return { title: issueTitle(view.suite), body: head + issueText(story, maxIssueBytes - byteLength(head), report) };
}

function published({ url }: Pick<OwnIssue, 'url'>, note: string): PublishResult {
  return { kind: 'published', note, ...(url === undefined ? {} : { url }) };
}

import type { HistoryRow, Suspects } from '../../records/history.ts';
import { clip, toLine } from './escape.ts';
import { markdownCode, markdownLink, markdownText } from './escape-markdown.ts';
import { counted, percent, utf8Bytes } from './format.ts';
import type { HistoryLine, HistoryView } from './history.ts';
import { historyTable } from './history-list.ts';

/** Everything that the issue about a drop tells. */
export interface IssueStory {
  suite: string;
  /** First run that was judged worse, and the last one before it. */
  firstBad?: HistoryRow;
  lastGood?: HistoryRow;
  /** Runs since, the first one included. */
  badRuns: number;
  suspects: Suspects;
  history?: HistoryView;
  /** The run that has ended it. */
  recoveredBy?: HistoryRow;
  /** Of the repository, such as `https://github.com/acme/bot`. */
  repositoryUrl: string;
}

/** Parts the report of the bad run from what is written anew each time. */
const divider = '<!-- agent-regress-issue:runs -->';
const shownRuns = 30;

/** `support-bot got worse`; the issue list shows no markup. */
export function issueTitle(suite: string): string {
  return `agent-regress: ${clip(toLine(suite), 120)} got worse`;
}

/**
 * The text of the issue below its marker, within so many bytes: the report of the run that was judged worse, then suspects and
 * runs. `report` is given what room is left.
 */
export function issueText(story: IssueStory, maxBytes: number, report: (maxBytes: number) => string): string {
  const tail = [divider, '', ...suspectBlocks(story), ...runBlocks(story), footer(story)].join('\n');
  const room = maxBytes - utf8Bytes(tail) - 2;
  return `${report(Math.max(0, room)).trimEnd()}\n\n${tail}`;
}

/** What an earlier text tells of the run that was judged worse, to be told again: everything before the divider, without the marker. */
export function reportOfIssue(body: string): string {
  const lines = body.replace(/\r\n/g, '\n').split('\n').slice(1);
  const end = lines.indexOf(divider);
  return (end === -1 ? lines : lines.slice(0, end)).join('\n').trim();
}

/** The one comment that is written when it is over. */
export function recoveredText(story: IssueStory, how: 'back' | 'accepted'): string {
  const { recoveredBy: row } = story;
  const where = row ? ` at ${commit(story, row.sha)} (${run(story, row)})` : '';
  const rate = row?.passRate === undefined ? '' : ` Pass rate ${percent(row.passRate)}.`;
  const what = how === 'accepted' ? 'The drop was accepted' : 'Recovered';
  return `${what}${where}, after ${counted(story.badRuns, 'bad run')}.${rate}`;
}

/** The comment when it got worse again soon after, in the run of `row`. */
export function againText(story: IssueStory, row: HistoryRow): string {
  const rate = row.passRate === undefined ? '' : ` Pass rate ${percent(row.passRate)}.`;
  return `Worse again at ${commit(story, row.sha)} (${run(story, row)}).${rate}`;
}

function suspectBlocks(story: IssueStory): string[] {
  const { firstBad, lastGood, suspects } = story;
  const facts = [
    firstBad ? `- first bad run: ${told(story, firstBad)}` : '',
    lastGood ? `- last good run: ${told(story, lastGood)}` : '- last good run: not known, the history does not go back so far',
  ].filter((fact) => fact !== '');
  return ['### Since when', '', ...facts, '', ...rangeBlocks(story, suspects), ''];
}

function rangeBlocks(story: IssueStory, suspects: Suspects): string[] {
  if (suspects.kind === 'same')
    return ['**No commit in between**: both runs are of the same commit. What changed is the endpoint, the model or the data.'];
  if (suspects.kind === 'unknown') return [`Suspect commits: not known, ${markdownText(suspects.why)}.`];
  const { from, to, total, commits, isRewritten } = suspects;
  const range = markdownLink(`${from.slice(0, 7)}...${to.slice(0, 7)}`, `${story.repositoryUrl}/compare/${from}...${to}`);
  if (total === 0) return [`Suspect commits: none between ${range}. What changed is the endpoint, the model or the data.`];
  const list = commits.map(({ sha, title, author }) => {
    const who = author === '' ? '' : ` (${markdownCode(clip(toLine(author), 40))})`;
    return `- ${commit(story, sha)} ${markdownText(clip(toLine(title), 100))}${who}`;
  });
  const left = total - commits.length;
  return [
    `**Suspect commits**: ${counted(total, 'commit')} in ${range}, newest first.${isRewritten ? ' The branch was rewritten in between.' : ''}`,
    '',
    ...list,
    ...(left > 0 ? [`- …and ${counted(left, 'older commit')}`] : []),
  ];
}

function runBlocks({ history }: IssueStory): string[] {
  if (!history) return [];
  const shown: readonly HistoryLine[] = history.lines.slice(-shownRuns);
  return ['### Runs', '', `${markdownText(history.sentence)} \`${history.sparkline}\``, '', historyTable(shown), ''];
}

function footer({ recoveredBy }: IssueStory): string {
  return recoveredBy
    ? '_Closed by agent-regress: the pass rate is back. It is opened again when the suite gets worse within 7 days._'
    : '_Kept up to date by agent-regress, which closes it when the pass rate is back. Closed by hand, it stays closed until the suite gets worse once more._';
}

function told(story: IssueStory, row: HistoryRow): string {
  const rate = row.passRate === undefined ? '' : `, pass rate ${percent(row.passRate)}`;
  return `${run(story, row)} of ${row.at.slice(0, 16).replace('T', ' ')} UTC at ${commit(story, row.sha)}${rate}`;
}

function run({ repositoryUrl }: IssueStory, { runId }: HistoryRow): string {
  return /^\d+$/.test(runId) ? markdownLink(`run ${runId}`, `${repositoryUrl}/actions/runs/${runId}`) : `run ${markdownCode(runId)}`;
}

function commit({ repositoryUrl }: IssueStory, sha: string | undefined): string {
  if (sha === undefined) return 'an unknown commit';
  return markdownLink(markdownCode(sha.slice(0, 7)), `${repositoryUrl}/commit/${sha}`);
}

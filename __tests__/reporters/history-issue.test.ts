import { describe, expect, it } from 'vitest';
import { parseIssueMarker, renderIssueMarker } from '../../src/github/issue.ts';
import type { Suspects } from '../../src/records/history.ts';
import { historyView } from '../../src/reporters/parts/history.ts';
import { againText, type IssueStory, issueText, issueTitle, recoveredText, reportOfIssue } from '../../src/reporters/parts/history-issue.ts';
import { aRow, nights } from '../helpers/history.ts';
import { hostileTexts } from '../helpers/hostile.ts';

const [lastGood, firstBad, later] = nights(['no-change', 'regressed', 'no-change']);
const repositoryUrl = 'https://github.com/acme/bot';
const [from, to] = ['a'.repeat(40), 'b'.repeat(40)];
const story = (overrides: Partial<IssueStory> = {}): IssueStory => ({
  ...{ suite: 'support-bot', firstBad: firstBad!, lastGood: lastGood!, badRuns: 2, repositoryUrl },
  ...{ suspects: { kind: 'range', from, to, total: 2, isRewritten: false, commits: [] } },
  ...overrides,
});
const commitOf = (title: string, author = 'monalisa') => ({ sha: 'c'.repeat(40), title, author });
const textOf = (overrides: Partial<IssueStory> = {}) => issueText(story(overrides), 60_000, () => 'REPORT');

describe('the text of an issue', () => {
  it('has the report, then since when, then the runs', () => {
    const view = historyView([lastGood!, firstBad!, later!]);
    const text = textOf(view ? { history: view } : {});
    expect(text.startsWith('REPORT\n\n')).toBe(true);
    expect(text).toContain('- first bad run: [run 2](https://github.com/acme/bot/actions/runs/2) of 2026-01-02 03:17 UTC at [`aaaaaaa`]');
    expect(text).toContain('- last good run: [run 1](https://github.com/acme/bot/actions/runs/1)');
    expect(text.indexOf('### Since when')).toBeLessThan(text.indexOf('### Runs'));
    expect(text).toContain('Pass rate over the last 2 runs: 70.0 % … 92.0 %, now 70.0 %.');
  });

  it('gives back the report, whoever edited the rest', () => {
    const body = `<!-- marker -->\n${issueText(story(), 60_000, () => '> [!CAUTION]\n> worse\n\n| a |')}`;
    expect(reportOfIssue(body)).toBe('> [!CAUTION]\n> worse\n\n| a |');
    expect(reportOfIssue(body.replace(/\n/g, '\r\n'))).toBe('> [!CAUTION]\n> worse\n\n| a |');
    expect(reportOfIssue('<!-- marker -->\nonly this')).toBe('only this');
  });

  it.each<[Suspects, RegExp]>([
    [{ kind: 'same' }, /No commit in between\*\*: both runs are of the same commit\. What changed is the endpoint, the model or the data/],
    [{ kind: 'unknown', why: 'the history does not go back to a good run' }, /Suspect commits: not known, the history does not go back/],
    [{ kind: 'range', from, to, total: 0, isRewritten: true, commits: [] }, /none between .* What changed is the endpoint/],
    [
      { kind: 'range', from, to, total: 1, isRewritten: true, commits: [commitOf('x')] } as const,
      /1 commit in .*The branch was rewritten in between\./,
    ],
    [{ kind: 'range', from, to, total: 31, isRewritten: false, commits: [commitOf('x')] }, /…and 30 older commits/],
  ])('says of the suspects: %j', (suspects, words) => {
    expect(textOf({ suspects })).toMatch(words);
  });

  it('makes nothing of hostile commit titles and names, and is kept within its limit', () => {
    const commits = hostileTexts.slice(0, 60).map((text) => commitOf(text, text));
    const text = textOf({ suspects: { kind: 'range', from, to, total: 60, isRewritten: false, commits } });
    const words = text.replace(/(`+) ?[^`\n]+ ?\1/g, '');
    expect(words).not.toMatch(/<script|<img|@(?:octocat|org)|(?<!&)#\d|\u202e/i);
    expect(text.match(/<!--/g)).toHaveLength(1);
    expect(text.split('\n').filter((line) => line.startsWith('- ['))).toHaveLength(60);
    const rooms: number[] = [];
    issueText(story(), 3000, (room) => {
      rooms.push(room);
      return 'x'.repeat(room);
    });
    expect(rooms[0]).toBeGreaterThan(1000);
    expect(Buffer.byteLength(issueText(story(), 3000, (room) => 'x'.repeat(room)))).toBe(3000);
  });

  it('names the suite in a title of one short line', () => {
    expect(issueTitle('support-bot')).toBe('agent-regress: support-bot got worse');
    expect(issueTitle(`a\nb${'x'.repeat(500)}`).length).toBeLessThan(200);
  });
});

describe('the comments of an issue', () => {
  it('say where it recovered and after how long', () => {
    const recoveredBy = aRow(9, { passRate: 0.95 });
    expect(recoveredText(story({ recoveredBy }), 'back')).toMatch(
      /^Recovered at \[`aaaaaaa`\]\(.*\/commit\/a+9\) \(\[run 9\]\(.*\/runs\/9\)\), after 2 bad runs\. Pass rate 95\.0 %\.$/,
    );
    expect(recoveredText(story({ recoveredBy, badRuns: 1 }), 'accepted')).toMatch(/^The drop was accepted at .*, after 1 bad run\./);
    expect(againText(story(), aRow(9, { passRate: 0.6 }))).toMatch(/^Worse again at .* Pass rate 60\.0 %\.$/);
  });
});

describe('the marker of an issue', () => {
  const marker = { suite: 'support-bot', since: '12', runId: 34, attempt: 2 };

  it('comes back as it was written, with the levels or without', () => {
    expect(parseIssueMarker(`${renderIssueMarker(marker)}\nbody`)).toEqual(marker);
    const known = { ...marker, good: 0.9125, lowestGood: 0.9, bad: 0 };
    expect(parseIssueMarker(renderIssueMarker(known))).toEqual(known);
    expect(parseIssueMarker(renderIssueMarker({ ...marker, bad: 1 }))).toEqual({ ...marker, bad: 1 });
  });

  it.each([
    ['a quotation', `> ${renderIssueMarker(marker)}`],
    ['a marker further down', `hello\n${renderIssueMarker(marker)}`],
    ['text after it', `${renderIssueMarker(marker)} x`],
    ['a level above one', renderIssueMarker({ ...marker, good: 1 }).replace('1.0000', '9.0000')],
    ['the marker of a comment', '<!-- agent-regress:v1 suite=support-bot run=1 attempt=1 sha=abcdef1 -->'],
  ])('is not %s', (_, body) => {
    expect(parseIssueMarker(body)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { acceptCommands, reasonOf } from '../../src/github/acceptance-command.ts';
import {
  keepAcceptanceLine,
  parseAcceptanceLine,
  renderAcceptable,
  renderAcceptanceLine,
  type StoredAcceptance,
  withAcceptanceLine,
} from '../../src/github/acceptance-line.ts';
import { anAssessment } from '../helpers/assessment.ts';

describe('the commands of a comment', () => {
  it.each<[string, ReturnType<typeof acceptCommands>]>([
    ['/agent-regress accept shorter is better', [{ reason: 'shorter is better' }]],
    ['Looks right.\r\n\r\n/agent-regress accept suite:billing cheaper  model\r\n', [{ suite: 'billing', reason: 'cheaper model' }]],
    ['/agent-regress accept suite:"Support Bot" wanted', [{ suite: 'Support Bot', reason: 'wanted' }]],
    [
      '/agent-regress accept suite:a x\n/agent-regress accept suite:b y',
      [
        { suite: 'a', reason: 'x' },
        { suite: 'b', reason: 'y' },
      ],
    ],
    ['/agent-regress accept', [{ reason: '' }]],
    ['/agent-regress accept suite:a', [{ suite: 'a', reason: '' }]],
  ])('are read: %j', (body, commands) => {
    expect(acceptCommands(body)).toEqual(commands);
  });

  it.each([
    'please /agent-regress accept x',
    ' /agent-regress accept x',
    '    /agent-regress accept x',
    '> /agent-regress accept x',
    '> somebody wrote\n/agent-regress accept x',
    '```\n/agent-regress accept x\n```',
    '~~~~\n~~~\n/agent-regress accept x\n~~~~',
    '```\n/agent-regress accept x',
    '<!-- \n/agent-regress accept x\n-->',
    '<pre>\n/agent-regress accept x\n</pre>',
    '<!-- never closed\n/agent-regress accept x',
    '/agent-regress acceptance x',
    '/agent-regress reject x',
    '`/agent-regress accept x`',
    '',
  ])('are none: %j', (body) => {
    expect(acceptCommands(body)).toEqual([]);
  });

  it('counts after a code block and after a quotation that ended', () => {
    expect(acceptCommands('```\ncode\n```\n> quoted\n\n/agent-regress accept x')).toEqual([{ reason: 'x' }]);
  });

  it('cuts a reason by characters, on one line', () => {
    expect([...reasonOf('😀'.repeat(400))]).toHaveLength(300);
    expect(reasonOf(' a\n\tb ')).toBe('a b');
  });

  it('takes no time that grows faster than the comment', () => {
    const started = performance.now();
    acceptCommands(`${'<!--'.repeat(8000)}\n${'<pre>'.repeat(6000)}`);
    acceptCommands('/agent-regress accept '.repeat(3000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('the hidden line of a report comment', () => {
  const sha = 'a'.repeat(40);
  const marker = `<!-- agent-regress:v1 suite=a run=1 attempt=1 sha=${sha} -->`;
  const record: StoredAcceptance = { v: 1, by: 'mona-lisa', reason: 'ü --> @x "q"', sha, at: '2026-01-02T03:04:05Z', via: 'comment', commentId: 7 };
  const line = renderAcceptanceLine({ kind: 'accepted', record });

  it('comes back as it was written, and stands second', () => {
    expect(line).toMatch(/^<!-- [\w: -]+ -->$/);
    expect(parseAcceptanceLine(`${marker}\n${line}\nreport`)).toEqual({ kind: 'accepted', record });
    expect(parseAcceptanceLine(`${marker}\r\n${renderAcceptanceLine({ kind: 'open' })}\r\n`)).toEqual({ kind: 'open' });
    const opened = `${marker}\n${renderAcceptanceLine({ kind: 'open' })}\nreport`;
    expect(withAcceptanceLine(opened, line, 'told')).toBe(`${marker}\n${line}\ntold\n\nreport`);
  });

  it.each([
    ['not second', `${marker}\n\n${line}`],
    ['indented', `${marker}\n ${line}`],
    ['not base64url', `${marker}\n<!-- agent-regress:acceptance v1 e30= -->`],
    ['not JSON', `${marker}\n<!-- agent-regress:acceptance v1 abcd -->`],
    ['of another version', `${marker}\n${renderAcceptanceLine({ kind: 'accepted', record: { ...record, v: 2 } as never })}`],
    ['with markup as a login', `${marker}\n${renderAcceptanceLine({ kind: 'accepted', record: { ...record, by: '<b>' } })}`],
    ['with a short sha', `${marker}\n${renderAcceptanceLine({ kind: 'accepted', record: { ...record, sha: 'abc1234' } })}`],
    ['with a long reason', `${marker}\n${renderAcceptanceLine({ kind: 'accepted', record: { ...record, reason: 'x'.repeat(301) } })}`],
    ['of no day', `${marker}\n${renderAcceptanceLine({ kind: 'accepted', record: { ...record, at: 'today' } })}`],
  ])('is none when it is %s', (_, body) => {
    expect(parseAcceptanceLine(body)).toBeUndefined();
  });

  it('tells a regression that can be accepted from all else', () => {
    const render = (assessment: Parameters<typeof anAssessment>[0]) => renderAcceptable(anAssessment(assessment), 1000, (room) => `${room}`);
    const open = `${renderAcceptanceLine({ kind: 'open' })}\n`;
    expect(render({ verdict: { status: 'regressed', exitCode: 1, acceptedExitCode: 0 } })).toBe(`${open}${1000 - open.length}`);
    expect(render({ verdict: { status: 'regressed', exitCode: 1, acceptedExitCode: 1 } })).toBe('1000');
    expect(render({ verdict: { status: 'regressed', exitCode: 1, acceptedExitCode: 3, complete: false } })).toBe('1000');
    expect(render({})).toBe('1000');
  });

  it('is kept by a later report of the same commit only, and not by one that found it void', () => {
    const previous = `${marker}\n${line}\nold`;
    const keep = (over: { sha?: string; text?: string; isVoid?: boolean }) =>
      keepAcceptanceLine({ previous, sha: over.sha ?? sha, isVoid: over.isVoid, maxBytes: 9000, render: () => over.text ?? 'new' });
    expect(keep({})).toBe(`${line}\nnew`);
    expect(keep({ sha: 'b'.repeat(40) })).toBe('new');
    const open = `${renderAcceptanceLine({ kind: 'open' })}\nnew`;
    expect(keep({ text: open })).toBe(`${line}\nnew`);
    expect(keep({ text: open, isVoid: true })).toBe(open);
  });
});

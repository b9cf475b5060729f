import { describe, expect, it } from 'vitest';
import { ExitCode, ToolError } from '../../src/errors.ts';
import { explainFailure, type FailedRequest, PublishError, readReply } from '../../src/github/publish-error.ts';
import * as z from '../../src/records/schema.ts';

const explain = (failed: Partial<FailedRequest> = {}) =>
  explainFailure({ method: 'POST', path: 'check-runs', detail: 'it said no', isRateLimit: false, ...failed });

describe('a failed request', () => {
  it('is told with what was asked, what was answered, and why', () => {
    const cause = new Error('socket hang up');
    const error = explain({ status: 404, cause });
    expect(error).toBeInstanceOf(ToolError);
    expect(error).toMatchObject({ name: 'PublishError', message: 'GitHub answered 404 to POST check-runs: it said no', status: 404, cause });
    expect(error).toMatchObject({ exitCode: ExitCode.incomplete, isAmbiguous: false, mayTryAgain: false });
    expect(explain({ mayTryAgain: true }).mayTryAgain).toBe(true);
  });

  it.each([undefined, 500, 502])('may have been carried out all the same after status %s, unless it only asks', (status) => {
    const failed = status === undefined ? {} : { status };
    const unavailable = { code: 'github-unavailable', status, remedy: 're-run the job; see https://www.githubstatus.com' };
    expect(explain(failed)).toMatchObject({ ...unavailable, isAmbiguous: true });
    expect(explain({ ...failed, method: 'GET' })).toMatchObject({ ...unavailable, isAmbiguous: false });
  });

  it('was not carried out when GitHub refuses it', () => {
    for (const status of [499, 422, 403]) expect(explain({ status }).isAmbiguous).toBe(false);
    const limited = explain({ status: 403, isRateLimit: true, mayTryAgain: true });
    expect(limited).toMatchObject({ code: 'github-rate-limited', isAmbiguous: false, mayTryAgain: true, status: 403 });
    expect(limited.remedy).toBe('wait for the rate limit to reset, then re-run the job');
  });

  it('is by itself neither in doubt nor worth another try', () => {
    const error = new PublishError({ code: 'odd', message: 'no', remedy: 'none' });
    expect(error).toMatchObject({ isAmbiguous: false, mayTryAgain: false, status: undefined, exitCode: ExitCode.incomplete });
  });

  it('says that no answer came where none did', () => {
    expect(explain().message).toBe('GitHub answered nothing usable to POST check-runs: it said no');
  });

  it('is told on one line of bounded length, and a page not as if it were an answer', () => {
    const detailOf = (detail: string) => explain({ status: 502, detail }).message.replace('GitHub answered 502 to POST check-runs: ', '');
    expect(detailOf(' a\n\n  b\t')).toBe('a b');
    expect(detailOf('x'.repeat(3000))).toBe('x'.repeat(500));
    for (const start of ['<!DOCTYPE html>', '<html>', '<head>', '<?xml ?>']) {
      expect(detailOf(`\n ${start}${'y'.repeat(600)}`)).toBe(`a page, not an answer of the API: ${start}${'y'.repeat(100 - start.length)}`);
    }
    expect(detailOf('<p>see <html>')).toBe('<p>see <html>');
    // What lies behind the first 2,000 characters is not even looked at.
    expect(detailOf(`${' '.repeat(2000)}late`)).toBe('');
  });
});

describe('the remedy', () => {
  const needs = 'checks: write';
  it.each([
    [304, 'github-refused', 'something between the runner and GitHub answered: re-run the job'],
    [
      401,
      'github-unauthorized',
      /^the token is missing, expired or wrong: use that of the job \(no `github-token`; of the command line, GITHUB_TOKEN: github.token\)/,
    ],
    [403, 'github-forbidden', /^add `checks: write` to the job's `permissions:` \(a job-level block replaces/],
    [404, 'github-not-found', "it does not exist, or the token may not see it: add `checks: write` to the job's `permissions:`"],
    [410, 'github-gone', 'it has expired or was deleted: re-run the workflow that made it'],
    [422, 'github-invalid', 'GitHub refused the content: re-run the job, and report it when it happens again'],
    [400, 'github-refused', "add `checks: write` to the job's `permissions:`"],
    [451, 'github-refused', "add `checks: write` to the job's `permissions:`"],
  ])('for status %i is its own', (status, code, remedy) => {
    const error = explain({ status, needs });
    expect(error.code).toBe(code);
    expect(error.remedy).toMatch(typeof remedy === 'string' ? literal(remedy) : remedy);
  });

  it('names no permission where none is known', () => {
    expect(explain({ status: 404 }).remedy).toBe("it does not exist, or the token may not see it: check the job's `permissions:`");
    expect(explain({ status: 405 }).remedy).toBe("check the job's `permissions:`");
  });

  it.each([
    [
      403,
      'Unable to create comment because issue is locked.',
      'github-locked',
      /unlock it, or post no comment \(`comment: off`; of the command line, `--comment off`\)/,
    ],
    [410, 'This conversation is LOCKED', 'github-locked', /unlock it, or post no comment \(`comment: off`; of the command line, `--comment off`\)/],
    [403, 'Resource protected by organization SAML enforcement.', 'github-forbidden', /ask its owners/],
    [403, 'your IP address is not permitted', 'github-forbidden', /ask its owners/],
    [403, 'the organization has an IP allow list enabled', 'github-forbidden', /ask its owners/],
    [410, 'Issues has been disabled in this repository.', 'github-gone', /turn issues on/],
    [410, 'Issues are disabled for this repo', 'github-gone', /turn issues on/],
    [422, 'No commit found for SHA: abc', 'github-invalid', /as after a force-push/],
    [422, 'Body is too long (maximum is 65536 characters)', 'github-invalid', /longer than GitHub takes/],
    [422, 'exceeds a maximum bytesize of 65535', 'github-invalid', /longer than GitHub takes/],
  ])('for status %i and "%s" is that of the cause', (status, detail, code, remedy) => {
    const error = explain({ status, detail, needs });
    expect(error.code).toBe(code);
    expect(error.remedy).toMatch(remedy);
    expect(error.remedy).not.toContain('permissions');
  });

  it('for the same words under another status, or as a part of another word, is that of the status', () => {
    expect(explain({ status: 422, detail: 'issue is locked' }).remedy).toContain('refused the content');
    expect(explain({ status: 403, detail: 'blocked by a rule', needs }).code).toBe('github-forbidden');
    expect(explain({ status: 403, detail: 'no commit found', needs }).remedy).toContain(needs);
  });
});

describe('a reply', () => {
  const schema = z.looseObject({ id: z.int(), user: z.looseObject({ login: z.string() }) });
  const asked = { method: 'POST', path: 'check-runs' };

  it('is read as its schema says', () => {
    expect(readReply(schema, { id: 1, user: { login: 'a' }, more: true }, asked)).toEqual({ id: 1, user: { login: 'a' }, more: true });
  });

  it('that is not as documented says nothing about what was done, and the error names the field', () => {
    const read = (reply: unknown, method = 'POST') => {
      try {
        return readReply(schema, reply, { ...asked, method });
      } catch (error) {
        return error;
      }
    };
    expect(read({ id: 1, user: { login: 7 } })).toMatchObject({
      ...{ code: 'github-unavailable', isAmbiguous: true, mayTryAgain: false },
      message: expect.stringMatching(/^GitHub answered nothing usable to POST check-runs: the reply is not as documented: user\.login .*string/),
    });
    expect(read(null, 'GET')).toMatchObject({ isAmbiguous: false });
    expect(read({})).toBeInstanceOf(PublishError);
  });

  it('is refused also where the schema does not say why', () => {
    const mute = { safeParse: () => ({ success: false as const, error: { issues: [] } }) };
    expect(() => readReply(mute, {}, asked)).toThrow(/to POST check-runs: the reply is not as documented:$/);
  });
});

function literal(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

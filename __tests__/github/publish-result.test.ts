import { describe, expect, it } from 'vitest';
import { ToolError } from '../../src/errors.ts';
import { explainFailure } from '../../src/github/publish-error.ts';
import { failedResult } from '../../src/github/publish-result.ts';

describe('the result of a target that failed', () => {
  it('has the message and the remedy of the error', () => {
    expect(failedResult(explainFailure({ method: 'POST', path: 'check-runs', status: 410, detail: 'it said no', isRateLimit: false }))).toEqual({
      ...{ kind: 'failed', message: 'GitHub answered 410 to POST check-runs: it said no' },
      remedy: 'it has expired or was deleted: re-run the workflow that made it',
    });
  });

  it('says of anything else what it does not affect', () => {
    const remedy = 'the verdict, the job summary and the output folder are not affected';
    expect(failedResult(new TypeError('x is not a function'))).toEqual({ kind: 'failed', message: 'x is not a function', remedy });
    expect(failedResult(new ToolError({ code: 'odd', message: 'no advice' }))).toEqual({ kind: 'failed', message: 'no advice', remedy });
    expect(failedResult('thrown text')).toEqual({ kind: 'failed', message: 'thrown text', remedy });
  });
});

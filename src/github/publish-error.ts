import { ExitCode, ToolError } from '../errors.ts';

/** A call to GitHub that did not work, in words that name the missing permission or the next step. */
export class PublishError extends ToolError {
  /** HTTP status; absent when there was no reply. */
  readonly status: number | undefined;
  /** The request may have been carried out although no good reply came: look before creating again. */
  readonly isAmbiguous: boolean;

  constructor(options: { code: string; message: string; remedy: string; status?: number; isAmbiguous?: boolean; cause?: unknown }) {
    super({ ...options, exitCode: ExitCode.incomplete });
    this.name = 'PublishError';
    this.status = options.status;
    this.isAmbiguous = options.isAmbiguous ?? false;
  }
}

/** One failed request, as far as it is known. */
export interface FailedRequest {
  method: string;
  path: string;
  /** Absent: no reply at all. */
  status?: number;
  /** What GitHub or the network said. */
  detail: string;
  /** Permission that this call needs, such as `pull-requests: write`. */
  needs?: string;
  isRateLimit: boolean;
  cause?: unknown;
}

/** Says what failed and what to do about it. */
export function explainFailure(failed: FailedRequest): PublishError {
  const { method, path, status, cause } = failed;
  const what = `GitHub answered ${status ?? 'nothing'} to ${method} ${path}: ${failed.detail.slice(0, 500)}`;
  const common = { message: what, ...(status === undefined ? {} : { status }), cause };
  if (failed.isRateLimit) {
    return new PublishError({ ...common, code: 'github-rate-limited', remedy: 'wait for the rate limit to reset, then re-run the job' });
  }
  if (status === undefined || status >= 500) {
    return new PublishError({
      ...common,
      code: 'github-unavailable',
      remedy: 're-run the job; see https://www.githubstatus.com',
      isAmbiguous: method !== 'GET',
    });
  }
  return new PublishError({ ...common, ...byStatus(status, failed.needs) });
}

function byStatus(status: number, needs: string | undefined): { code: string; remedy: string } {
  const permission = needs ? `add \`${needs}\` to the job's \`permissions:\`` : "check the job's `permissions:`";
  switch (status) {
    case 401:
      return { code: 'github-unauthorized', remedy: 'the token is missing, expired or wrong: leave out `github-token` to use the job token' };
    case 403:
      return { code: 'github-forbidden', remedy: `${permission} (a job-level block replaces the workflow-level one entirely)` };
    case 404:
      return { code: 'github-not-found', remedy: `it does not exist, or the token may not see it: ${permission}` };
    case 410:
      return { code: 'github-gone', remedy: 'it has expired or was deleted, or the conversation is locked' };
    case 422:
      return { code: 'github-invalid', remedy: 'GitHub refused the content: the commit may be gone after a force-push, or the text too long' };
    default:
      return { code: 'github-refused', remedy: permission };
  }
}

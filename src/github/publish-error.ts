import { ExitCode, ToolError } from '../errors.ts';

/** A call to GitHub that did not work, in words that name the missing permission or the next step. */
export class PublishError extends ToolError {
  /** HTTP status; absent when there was no reply. */
  readonly status: number | undefined;
  /** The request may have been carried out although no good reply came: look before creating again. */
  readonly isAmbiguous: boolean;
  /** The client has waited as it was told to: another try is welcome now. */
  readonly mayTryAgain: boolean;

  constructor(options: {
    code: string;
    message: string;
    remedy: string;
    status?: number;
    isAmbiguous?: boolean;
    mayTryAgain?: boolean;
    cause?: unknown;
  }) {
    super({ ...options, exitCode: ExitCode.incomplete });
    this.name = 'PublishError';
    this.status = options.status;
    this.isAmbiguous = options.isAmbiguous ?? false;
    this.mayTryAgain = options.mayTryAgain ?? false;
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
  mayTryAgain?: boolean;
  cause?: unknown;
}

/** Says what failed and what to do about it. */
export function explainFailure(failed: FailedRequest): PublishError {
  const { method, path, status, cause } = failed;
  const what = `GitHub answered ${status ?? 'nothing usable'} to ${method} ${path}: ${briefly(failed.detail)}`;
  const common = { message: what, ...(status === undefined ? {} : { status }), mayTryAgain: failed.mayTryAgain ?? false, cause };
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
  return new PublishError({ ...common, ...(byWords(status, failed.detail) ?? byStatus(status, failed.needs)) });
}

/** A proxy answers with a page. */
function briefly(detail: string): string {
  const line = detail.slice(0, 2000).replace(/\s+/g, ' ').trim();
  return /^<(!doctype|html|head|\?xml)/i.test(line) ? `a page, not an answer of the API: ${line.slice(0, 100)}` : line.slice(0, 500);
}

interface Advice {
  code: string;
  remedy: string;
}

/** Refusals with a cause of their own, for which a permission would be the wrong advice. */
const wordings: readonly { status: number; words: RegExp; advice: Advice }[] = [
  {
    status: 403,
    words: /\blocked\b/i,
    advice: {
      code: 'github-locked',
      remedy: 'the conversation is locked: unlock it, or post no comment (`comment: off`; of the command line, `--comment off`)',
    },
  },
  {
    status: 403,
    words: /\bSAML\b|\bIP (address|allow list)\b/i,
    advice: { code: 'github-forbidden', remedy: "the organization's rules refuse this token or this runner: ask its owners" },
  },
  {
    status: 410,
    words: /\blocked\b/i,
    advice: {
      code: 'github-locked',
      remedy: 'the conversation is locked: unlock it, or post no comment (`comment: off`; of the command line, `--comment off`)',
    },
  },
  {
    status: 410,
    words: /issues (are|has been|have been) disabled/i,
    advice: { code: 'github-gone', remedy: "turn issues on in the repository's settings" },
  },
  {
    status: 422,
    words: /no commit found/i,
    advice: { code: 'github-invalid', remedy: 'the commit is gone, as after a force-push: the run of the newer commit reports instead' },
  },
  {
    status: 422,
    words: /too long|bytesize/i,
    advice: { code: 'github-invalid', remedy: 'the text is longer than GitHub takes: the whole report is in the job summary and the artifact' },
  },
];

function byWords(status: number, detail: string): Advice | undefined {
  return wordings.find((wording) => wording.status === status && wording.words.test(detail))?.advice;
}

function byStatus(status: number, needs: string | undefined): Advice {
  const permission = needs ? `add \`${needs}\` to the job's \`permissions:\`` : "check the job's `permissions:`";
  if (status < 400) return { code: 'github-refused', remedy: 'something between the runner and GitHub answered: re-run the job' };
  switch (status) {
    case 401:
      return {
        code: 'github-unauthorized',
        remedy: 'the token is missing, expired or wrong: use that of the job (no `github-token`; of the command line, GITHUB_TOKEN: github.token)',
      };
    case 403:
      return { code: 'github-forbidden', remedy: `${permission} (a job-level block replaces the workflow-level one entirely)` };
    case 404:
      return { code: 'github-not-found', remedy: `it does not exist, or the token may not see it: ${permission}` };
    case 410:
      return { code: 'github-gone', remedy: 'it has expired or was deleted: re-run the workflow that made it' };
    case 422:
      return { code: 'github-invalid', remedy: 'GitHub refused the content: re-run the job, and report it when it happens again' };
    default:
      return { code: 'github-refused', remedy: permission };
  }
}

/** What a schema makes of a reply; one that it does not fit says nothing about what was done. @throws PublishError */
export function readReply<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } } },
  reply: unknown,
  asked: { method: string; path: string },
): T {
  const read = schema.safeParse(reply);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const detail = `the reply is not as documented: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
  throw explainFailure({ ...asked, detail, isRateLimit: false });
}

interface Issue {
  path: readonly PropertyKey[];
  message: string;
}

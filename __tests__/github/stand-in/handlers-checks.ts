import { type Handler, type HandlerRequest, invalid, notFound, paged, type Reply } from './handler.ts';
import { type Annotation, type CheckRun, findCommit, type GitHubState } from './state.ts';

/** GitHub says characters in its description and bytes in its error. */
const maxTextBytes = 65_535;
const maxMessageBytes = 64 * 1024;
const maxTitleCharacters = 255;

interface CheckBody {
  name?: string;
  head_sha?: string;
  status?: CheckRun['status'];
  conclusion?: string;
  started_at?: string;
  completed_at?: string;
  external_id?: string;
  details_url?: string;
  output?: { title?: string; summary?: string; text?: string; annotations?: Annotation[] };
}

export const checkHandlers: Record<string, Handler> = {
  'checks/create'(request, { state, replies }) {
    const body = request.body as CheckBody;
    const { name = '', head_sha = '' } = body;
    if (!state.commits.has(head_sha)) return invalid(`No commit found for SHA: ${head_sha}`);
    const refusal = refuse(body);
    if (refusal) return refusal;
    const run: CheckRun = {
      id: state.nextId(),
      name,
      headSha: head_sha,
      status: 'queued',
      conclusion: null,
      startedAt: state.now(),
      completedAt: null,
      externalId: '',
      detailsUrl: null,
      title: null,
      summary: null,
      text: null,
      annotations: [],
    };
    apply(state, run, body);
    state.checkRuns.push(run);
    return { status: 201, body: replies.checkRun(run) };
  },

  'checks/update'(request, { state, replies }) {
    const run = runOf(state, request);
    if (!run) return notFound;
    const body = request.body as CheckBody;
    const refusal = refuse(body);
    if (refusal) return refusal;
    apply(state, run, body);
    return { status: 200, body: replies.checkRun(run) };
  },

  'checks/get'(request, { state, replies }) {
    const run = runOf(state, request);
    return run ? { status: 200, body: replies.checkRun(run) } : notFound;
  },

  'checks/list-annotations'(request, context) {
    const run = runOf(context.state, request);
    if (!run) return notFound;
    const blank = { start_column: null, end_column: null, title: null, raw_details: null };
    const render = (annotation: Annotation) => ({ ...blank, ...annotation, blob_href: `https://github.com/blob/${annotation.path}` });
    return paged(request, context, { items: run.annotations, render });
  },

  'checks/list-for-ref'(request, context) {
    const { state, replies } = context;
    const commit = findCommit(state, String(request.path.ref));
    if (!commit) return notFound;
    const { check_name, status, filter = 'latest' } = request.query;
    const matching = state.checkRuns
      .filter(
        (run) =>
          run.headSha === commit.sha && (check_name === undefined || run.name === check_name) && (status === undefined || run.status === status),
      )
      .sort((a, b) => b.id - a.id);
    const items = filter === 'all' ? matching : matching.filter((run, index) => matching.findIndex(({ name }) => name === run.name) === index);
    return paged(request, context, { items, render: replies.checkRun, wrap: (check_runs, total_count) => ({ total_count, check_runs }) });
  },
};

function runOf(state: GitHubState, request: HandlerRequest): CheckRun | undefined {
  return state.checkRuns.find(({ id }) => id === Number(request.path.check_run_id));
}

/** Rules that the description holds as prose only, or not at all. */
function refuse({ status, conclusion, output }: CheckBody): Reply | undefined {
  if (status === 'completed' && conclusion === undefined) return invalid('Invalid request.\n\n"conclusion" wasn\'t supplied.');
  if (conclusion === 'stale') return invalid('Only GitHub sets the conclusion "stale"');
  if (output && output.summary === undefined) return invalid('Invalid request.\n\n"summary" wasn\'t supplied.');
  for (const field of ['summary', 'text'] as const) {
    if (Buffer.byteLength(output?.[field] ?? '') > maxTextBytes)
      return invalid(`Only ${maxTextBytes} bytes are allowed for ${field}: exceeds a maximum bytesize of ${maxTextBytes}`);
  }
  for (const annotation of output?.annotations ?? []) {
    const problem = annotationProblem(annotation);
    if (problem !== undefined) return invalid('Validation Failed', [{ resource: 'CheckAnnotation', code: 'custom', message: problem }]);
  }
  return undefined;
}

function annotationProblem(annotation: Annotation): string | undefined {
  const { path, start_line, end_line, start_column, end_column, message, title = '', raw_details = '' } = annotation;
  if (start_line < 1 || end_line < start_line) return `lines ${start_line} to ${end_line}: lines start at 1`;
  if (start_line !== end_line && (start_column !== undefined || end_column !== undefined)) return 'columns need one line';
  if (message === '') return 'message is empty';
  if (Buffer.byteLength(message) > maxMessageBytes) return 'message is too long (maximum is 64 KB)';
  if (Buffer.byteLength(raw_details) > maxMessageBytes) return 'raw_details is too long (maximum is 64 KB)';
  if (title.length > maxTitleCharacters) return `title is too long (maximum is ${maxTitleCharacters} characters)`;
  if (path === '' || path.startsWith('/') || path.includes('\\') || path.split('/').includes('..'))
    return `path ${path} is not inside the repository`;
  return undefined;
}

/** Annotations add up over requests; everything else is replaced. */
function apply(state: GitHubState, run: CheckRun, body: CheckBody): void {
  if (body.name !== undefined) run.name = body.name;
  if (body.status !== undefined) run.status = body.status;
  if (body.conclusion !== undefined) {
    run.conclusion = body.conclusion;
    run.status = 'completed';
    run.completedAt = state.now();
  } else if (run.status !== 'completed') {
    run.conclusion = null;
    run.completedAt = null;
  }
  if (body.started_at !== undefined) run.startedAt = body.started_at;
  if (body.completed_at !== undefined) run.completedAt = body.completed_at;
  if (body.external_id !== undefined) run.externalId = body.external_id;
  if (body.details_url !== undefined) run.detailsUrl = body.details_url;
  const { output } = body;
  if (!output) return;
  if (output.title !== undefined) run.title = output.title;
  run.summary = output.summary ?? null;
  run.text = output.text ?? null;
  run.annotations.push(...(output.annotations ?? []));
}

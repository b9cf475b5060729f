import { type Handler, notFound, paged } from './handler.ts';
import type { Artifact, GitHubState, WorkflowRun } from './state.ts';

const wrapArtifacts = (artifacts: unknown[], total_count: number) => ({ total_count, artifacts });
const wrapRuns = (workflow_runs: unknown[], total_count: number) => ({ total_count, workflow_runs });

export const actionsHandlers: Record<string, Handler> = {
  'actions/list-artifacts-for-repo'(request, context) {
    const items = newestFirst(context.state.artifacts).filter(named(request.query.name));
    return paged(request, context, { items, render: context.replies.artifact, wrap: wrapArtifacts });
  },

  'actions/list-workflow-run-artifacts'(request, context) {
    const runId = Number(request.path.run_id);
    if (!runOf(context.state, runId)) return notFound;
    const items = newestFirst(context.state.artifacts).filter((artifact) => artifact.runId === runId && named(request.query.name)(artifact));
    if (request.query.direction === 'asc') items.reverse();
    return paged(request, context, { items, render: context.replies.artifact, wrap: wrapArtifacts });
  },

  'actions/get-artifact'(request, { state, replies }) {
    const artifact = artifactOf(state, request.path.artifact_id);
    return artifact ? { status: 200, body: replies.artifact(artifact) } : notFound;
  },

  'actions/download-artifact'(request, { state, signDownload }) {
    const artifact = artifactOf(state, request.path.artifact_id);
    if (!artifact || request.path.archive_format !== 'zip') return notFound;
    if (artifact.isExpired) return { status: 410, body: { message: 'Artifact has expired', status: '410' } };
    return { status: 302, headers: { location: signDownload(artifact.id) } };
  },

  'actions/get-workflow-run'(request, { state, replies }) {
    const run = runOf(state, Number(request.path.run_id));
    return run ? { status: 200, body: replies.workflowRun(run) } : notFound;
  },

  'actions/list-workflow-runs-for-repo'(request, context) {
    return paged(request, context, { items: runsOf(context.state, request.query), render: context.replies.workflowRun, wrap: wrapRuns });
  },

  'actions/list-workflow-runs'(request, context) {
    const wanted = String(request.path.workflow_id);
    const items = runsOf(context.state, request.query).filter((run) => String(run.workflowId) === wanted || run.path.endsWith(`/${wanted}`));
    return paged(request, context, { items, render: context.replies.workflowRun, wrap: wrapRuns });
  },
};

function newestFirst(artifacts: readonly Artifact[]): Artifact[] {
  return [...artifacts].sort((a, b) => b.id - a.id);
}

function named(name: unknown) {
  return (artifact: Artifact) => name === undefined || artifact.name === name;
}

function artifactOf(state: GitHubState, id: unknown): Artifact | undefined {
  return state.artifacts.find((artifact) => artifact.id === Number(id));
}

function runOf(state: GitHubState, id: number): WorkflowRun | undefined {
  return state.runs.find((run) => run.id === id);
}

/** `status` also takes a conclusion, as GitHub's does. */
function runsOf(state: GitHubState, query: Record<string, unknown>): WorkflowRun[] {
  const { branch, event, status, head_sha } = query;
  return [...state.runs]
    .sort((a, b) => b.id - a.id)
    .filter((run) => branch === undefined || run.headBranch === branch)
    .filter((run) => event === undefined || run.event === event)
    .filter((run) => head_sha === undefined || run.headSha === head_sha)
    .filter((run) => status === undefined || run.status === status || run.conclusion === status);
}

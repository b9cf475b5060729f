import { createHash } from 'node:crypto';
import type { GitHubStandIn } from './server.ts';
import { type Artifact, addCommit, type Comment, type Commit } from './state.ts';
import { makeZip, readZip } from './zip.ts';

/** Puts an artifact into a run without the run's having uploaded it. */
export function addArtifact(
  github: GitHubStandIn,
  options: {
    runId: number;
    name: string;
    files?: Record<string, string | Buffer>;
    zip?: Buffer;
    isExpired?: boolean;
    expiresInDays?: number;
    digest?: string | null;
  },
): Artifact {
  const { state } = github;
  const bytes = options.zip ?? makeZip(Object.entries(options.files ?? {}).map(([name, content]) => ({ name, content })));
  const digest = options.digest === undefined ? `sha256:${createHash('sha256').update(bytes).digest('hex')}` : options.digest;
  const { runId, name, isExpired = false } = options;
  const expiresAt = new Date(Date.now() + (isExpired ? -1 : (options.expiresInDays ?? 1)) * 24 * 3600 * 1000).toISOString();
  const artifact: Artifact = { id: state.nextId(), runId, name, bytes, createdAt: state.now(), expiresAt, isExpired, digest };
  state.artifacts.push(artifact);
  return artifact;
}

/** The files of an artifact by name. */
export function artifactFiles(artifact: Artifact): Map<string, Buffer> {
  return readZip(artifact.bytes);
}

export function addComment(github: GitHubStandIn, comment: { issue: number; body: string; login?: string; isBot?: boolean }): Comment {
  const { issue, body, login = 'monalisa', isBot = false } = comment;
  const now = github.state.now();
  const added: Comment = { id: github.state.nextId(), issue, body, author: { login, isBot }, createdAt: now, updatedAt: now };
  github.state.comments.push(added);
  return added;
}

/** A line of commits on a branch, oldest first. */
export function addHistory(github: GitHubStandIn, options: { branch?: string; count: number }): Commit[] {
  const { branch = github.state.repository.defaultBranch, count } = options;
  return Array.from({ length: count }, (_, index) => addCommit(github.state, { branch, message: `commit ${index + 1}` }));
}

/** The check runs that an action made: without those of the jobs themselves. */
export function ownChecks(github: GitHubStandIn) {
  return github.state.checkRuns.filter(({ isJob }) => isJob !== true);
}

import { existsSync } from 'node:fs';
import path, { type PlatformPath, resolve } from 'node:path';
import { createGitHubClient, type GitHubClient, type RequestCounter } from '../github/client.ts';
import type { GitHubEvent } from '../github/event.ts';
import type { ActionHost } from './host.ts';
import type { ActionInputs } from './inputs.ts';

/** What every stage of the action needs to know. */
export interface RunContext {
  host: ActionHost;
  inputs: ActionInputs;
  event: GitHubEvent;
  /** Aborted by the first signal. */
  signal: AbortSignal;
  /** Absolute. */
  workspace: string;
  /** Absolute; paths of inputs start here. */
  cwd: string;
  /** Of this workflow run. */
  runUrl: string;
  /** For searching: ends with the signal. */
  reader: GitHubClient;
  /** For reporting: still works after the signal, with little patience then. */
  writer: () => GitHubClient;
  /** Of all requests to GitHub so far. */
  counter: RequestCounter;
  /** False without a token. */
  hasToken: boolean;
}

/** What every stage of one action run shares, with the clients of GitHub made from its inputs; asks nothing. */
export function createRunContext(input: { host: ActionHost; inputs: ActionInputs; event: GitHubEvent; signal: AbortSignal }): RunContext {
  const { host, inputs, event, signal } = input;
  const workspace = resolve(host.env.GITHUB_WORKSPACE || '.');
  const counter: RequestCounter = { requests: 0 };
  const { apiUrl, owner, repo } = event;
  const options = { token: inputs['github-token'], apiUrl, owner, repo, counter, onNotice: host.info };
  const patient = createGitHubClient(options);
  const hasty = createGitHubClient({ ...options, limits: { tries: 1, requestTimeoutMs: 1500 } });
  return {
    ...input,
    workspace,
    cwd: resolve(workspace, inputs['working-directory']),
    runUrl: `${event.serverUrl}/${event.owner}/${event.repo}/actions/runs/${event.runId}`,
    counter,
    reader: createGitHubClient({ ...options, signal }),
    writer: () => (signal.aborted ? hasty : patient),
    hasToken: options.token !== '',
  };
}

/** The files of a runner: how its system writes paths, and which exist. */
export interface RunnerFiles {
  path: Pick<PlatformPath, 'resolve' | 'relative' | 'isAbsolute' | 'sep'>;
  exists: (path: string) => boolean;
}

/** A dataset file as the repository names it, with `/`; undefined when it lies outside. */
export function repositoryPath(
  { workspace, cwd }: Pick<RunContext, 'workspace' | 'cwd'>,
  file: string,
  files: RunnerFiles = { path, exists: existsSync },
): string | undefined {
  const { resolve: join, relative, isAbsolute, sep } = files.path;
  for (const folder of [cwd, workspace]) {
    const target = join(folder, file);
    const inside = relative(workspace, target);
    const isOutside = inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
    if (isOutside || !files.exists(target)) continue;
    return inside.split(sep).join('/');
  }
  return undefined;
}

/** The line of a sample as the pull request has it. */
export function sampleUrl(context: RunContext, file: string, line: number): string | undefined {
  const { event } = context;
  const inside = repositoryPath(context, file);
  if (inside === undefined) return undefined;
  return `${event.serverUrl}/${event.owner}/${event.repo}/blob/${event.headSha}/${inside.split('/').map(encodeURIComponent).join('/')}#L${line}`;
}

import { resolve } from 'node:path';
import type { RequestCounter } from '../github/client.ts';
import type { GitHubEvent } from '../github/event.ts';
import { createReportClients, type ReportClients } from '../github/report-clients.ts';
import { runUrlOf } from '../github/web-url.ts';
import type { ActionHost } from './host.ts';
import type { ActionInputs } from './inputs.ts';

/** What every stage of the action needs to know. */
export interface RunContext extends ReportClients {
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
  const token = inputs['github-token'];
  return {
    ...input,
    workspace,
    cwd: resolve(workspace, inputs['working-directory']),
    runUrl: runUrlOf(event, event.runId),
    counter,
    ...createReportClients({ token, apiUrl, owner, repo, counter, onNotice: host.info, signal }),
    hasToken: token !== '',
  };
}

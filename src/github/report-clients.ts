import { createGitHubClient, type GitHubClient, type GitHubClientOptions } from './client.ts';

/** Two ways to speak to GitHub in one workflow run. */
export interface ReportClients {
  /** For searching: ends with the signal. */
  reader: GitHubClient;
  /** For reporting: still works after the signal, with little patience then. */
  writer: () => GitHubClient;
}

/**
 * The clients of one run; asks nothing. `signal`: aborted by the first signal. `end`: aborted when nobody waits for an answer any more,
 * so that a request that hangs does not keep the process; absent: the process ends without regard to it.
 */
export function createReportClients({ signal, end, ...options }: GitHubClientOptions & { signal: AbortSignal; end?: AbortSignal }): ReportClients {
  const reporting = { ...options, ...(end ? { signal: end } : {}) };
  const patient = createGitHubClient(reporting);
  const hasty = createGitHubClient({ ...reporting, limits: { tries: 1, requestTimeoutMs: 1500 } });
  return { reader: createGitHubClient({ ...options, signal }), writer: () => (signal.aborted ? hasty : patient) };
}
